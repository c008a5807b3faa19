//! Pages in traditional characters: the characters of the form and of what is around it, as simplified ones.

use std::borrow::Cow;

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

/// The text in simplified characters, as many and as long as before: those of the form and of its headings.
pub(super) fn simplified(text: &str) -> Cow<'_, str> {
    // What every such page says: 公開, 報告.
    let holds = |c: &str| memchr::memmem::find(text.as_bytes(), c.as_bytes()).is_some();
    if !holds("開") && !holds("報") {
        return Cow::Borrowed(text);
    }
    let traditional: Vec<char> = TRADITIONAL.chars().collect();
    let simplified: Vec<char> = SIMPLIFIED.chars().collect();
    let of = |c: char| traditional.binary_search(&c).map_or(c, |at| simplified[at]);
    Cow::Owned(text.chars().map(of).collect())
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
    }
}
