//! Pages in other characters than those of the form: traditional ones of the form and of what is around it, and the radicals
//! that some fonts leave in their place.

use std::borrow::Cow;

use crate::text::folded;

/// Traditional characters, in the order of their numbers.
const TRADITIONAL: &str = "內別劃動務區員問單國園執報夠學實審寫將對屬帳庫廢廳強後徑復慶應掃採據擬數於時暫會\
     條業構標樣機權決沒況減準滿為無爲獲現當發確碼祕穩範糾約納級組結統經維縣總織繳繼續\
     罰聯舉萬處號補製複規計訟訪許訴詢試認請議護變費賬購載轉辦這進過適還鄉鎮鏈門閉開間\
     關際頁項預題額類驗體";
/// The simplified character of each.
const SIMPLIFIED: &str = "内别划动务区员问单国园执报够学实审写将对属账库废厅强后径复庆应扫采据拟数于时暂会\
     条业构标样机权决没况减准满为无为获现当发确码秘稳范纠约纳级组结统经维县总织缴继续\
     罚联举万处号补制复规计讼访许诉询试认请议护变费账购载转办这进过适还乡镇链门闭开间\
     关际页项预题额类验体";

/// The text in simplified characters, as many and as long as before: those of the form and of its headings; and ideographs in
/// the place of radicals.
pub(super) fn simplified(text: &str) -> Cow<'_, str> {
    // What every page in traditional characters says: 公開, 報告.
    let holds = |c: &str| memchr::memmem::find(text.as_bytes(), c.as_bytes()).is_some();
    let is_traditional = holds("開") || holds("報");
    if !is_traditional && !holds_radical(text) {
        return Cow::Borrowed(text);
    }
    let traditional: Vec<char> = TRADITIONAL.chars().collect();
    let simplified: Vec<char> = SIMPLIFIED.chars().collect();
    let of = |c: char| match c {
        '\u{2e80}'..='\u{2fd5}' => folded(c),
        c if is_traditional => traditional.binary_search(&c).map_or(c, |at| simplified[at]),
        c => c,
    };
    Cow::Owned(text.chars().map(of).collect())
}

/// Whether a radical, U+2E80 to U+2FD5, is in a text: it begins with E2 BA to E2 BF.
fn holds_radical(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(0xe2, bytes).any(|at| bytes.get(at + 1).is_some_and(|next| *next >= 0xba))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_character_has_its_own() {
        assert!(TRADITIONAL.chars().zip(TRADITIONAL.chars().skip(1)).all(|(one, next)| one < next));
        assert_eq!(TRADITIONAL.chars().count(), SIMPLIFIED.chars().count());
        assert!(SIMPLIFIED.chars().all(|c| !TRADITIONAL.contains(c) && c.len_utf8() == 3));
        assert_eq!(simplified("政府信息公開工作年度報告：規章"), "政府信息公开工作年度报告：规章");
        assert_eq!(simplified("規章"), "規章");
        assert_eq!(simplified("⾏政⻅⻚⼀、“規”"), "行政见页一、“規”");
    }
}
