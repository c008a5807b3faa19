//! Reports of different agencies side by side, such as those of one folder: what one copied from another.
//!
//! ```
//! use ogi_report::{Agency, Language, Rule, peers};
//! let rule = Rule::find("problems-copied").unwrap();
//! let (one, mut two) = (rule.second_example().unwrap(), rule.wrong_example());
//! two.facts.agency = Some(Agency::named("示例市水利局"));
//! let checked = peers::check([("数据局.html", &one), ("水利局.html", &two)]);
//! assert_eq!(
//!     checked.findings[0].message(Language::Chinese),
//!     "数据局.html、水利局.html的第五部分逐字相同（71 字，名称和数字不计）（规则：不同机关的第五部分不应逐字相同）"
//! );
//! ```
//!
//! Not checked: who copied from whom. Two agencies of one name are told apart by their codes alone.

use crate::finding::CheckReport;
use crate::published::PublishedReport;
use crate::rule::Test;
use crate::rule::table::PEERS;

/// Compares the reports of different agencies, each by the name that it is told by, such as that of its file. Reports of one
/// agency, for several years perhaps, are not compared with each other.
pub fn check<'r>(reports: impl IntoIterator<Item = (impl Into<String>, &'r PublishedReport)>) -> CheckReport {
    let reports: Vec<(String, &PublishedReport)> =
        reports.into_iter().map(|(name, report)| (name.into(), report)).collect();
    let mut checked = CheckReport::default();
    for rule in PEERS {
        if let Test::Peers(test) = rule.test {
            checked.add(rule, test(&reports));
        }
    }
    checked
}
