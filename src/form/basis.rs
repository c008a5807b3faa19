//! The articles of the Regulations that something rests on.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::language::Language;

/// Articles of 《中华人民共和国政府信息公开条例》 (State Council Order 711), such as `36(3)` or `16 ¶2`.
///
/// ```
/// use ogi_report::{Cell, Language};
/// let basis = "requests.outcomes.withheld.internal_affairs.total".parse::<Cell>()?.basis();
/// assert_eq!(basis.label(Language::Chinese), "《条例》第十六条第一款、第三十六条第（三）项");
/// # Ok::<(), ogi_report::ValueError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Basis(pub(crate) &'static str);

impl Basis {
    /// The articles, one by one, in the short form `36(4)(5)`.
    pub fn articles(self) -> impl Iterator<Item = &'static str> {
        self.0.split(", ").filter(|article| !article.is_empty())
    }

    /// The articles in this language: `《条例》第三十六条第（三）项`, `Article 36(3)`; empty for none.
    pub fn label(self, language: Language) -> String {
        match language {
            Language::Chinese => articles_zh(self.articles()),
            Language::English => self.to_string(),
        }
    }
}

/// `《条例》第三十六条第（三）项`; empty for no articles.
pub(crate) fn articles_zh<'a>(articles: impl Iterator<Item = &'a str>) -> String {
    let articles: Vec<String> = articles.map(article_zh).collect();
    if articles.is_empty() { String::new() } else { format!("《条例》{}", articles.join("、")) }
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.articles().count() {
            0 => Ok(()),
            1 => write!(f, "Article {}", self.0),
            _ => write!(f, "Articles {}", self.0),
        }
    }
}

impl Serialize for Basis {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.articles())
    }
}

/// `36(4)(5)` → `第三十六条第（四）（五）项`, `16 ¶2` → `第十六条第二款`.
fn article_zh(article: &str) -> String {
    let end = article.find(|c: char| !c.is_ascii_digit()).unwrap_or(article.len());
    let (number, rest) = article.split_at(end);
    let mut zh = format!("第{}条", numeral(number));
    if let Some(paragraph) = rest.trim().strip_prefix('¶') {
        zh += &format!("第{}款", numeral(paragraph));
    } else if !rest.is_empty() {
        let items: Vec<String> = rest
            .split(['(', ')'])
            .filter(|item| !item.is_empty())
            .map(|item| format!("（{}）", numeral(item)))
            .collect();
        zh += &format!("第{}项", items.concat());
    }
    zh
}

/// A number below 100 in Chinese.
fn numeral(digits: &str) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |byte: u8| DIGITS[usize::from(byte.wrapping_sub(b'0')).min(9)];
    match digits.as_bytes() {
        [ones] => digit(*ones).to_owned(),
        [b'1', ones] => format!("十{}", digit(*ones)),
        [tens, ones] => format!("{}十{}", digit(*tens), digit(*ones)),
        _ => digits.to_owned(),
    }
}
