//! The sections in words: one 总体情况, five 存在的主要问题及改进情况, six 其他需要报告的事项.
//!
//! Rests on Article 50(4)(5) of the Regulations, and for processing fees on 国办函〔2020〕109号 (from 2021).
//!
//! # Rules
//! - [`sections-complete`](crate::RULES): six headings, in order, none empty
//! - [`processing-fee-stated`](crate::RULES): from 2021, section six says something about processing fees
//! - [`period`](crate::RULES): the year and the period that the prose names are those of the report
//! - [`text-count`](crate::RULES), `text-amount`, `text-denial`, `text-sum`, `text-percentage`: figures of the prose
//!
//! Not checked here: whether the prose is true.
//!
//! ```
//! use ogi_report::narrative::FeeStatus;
//! use ogi_report::{Narrative, OtherMatters, Part, ProcessingFee};
//! let text = |text: &str| vec![Part { text: text.to_owned(), ..Part::default() }];
//! let problems = Narrative {
//!     title: "五、存在的主要问题及改进情况".to_owned(),
//!     parts: text("公开不够及时，下一步改进。"),
//! };
//! assert!(problems.check_as_problems().is_ok());
//! let fee = ProcessingFee { status: FeeStatus::None, notices: None, notified: None, collected: Some("100".parse()?) };
//! let parts = text("本年度未收取信息处理费。");
//! let other_matters = OtherMatters { title: "六、其他需要报告的事项".to_owned(), parts, processing_fee: Some(fee) };
//! assert_eq!(other_matters.check().unwrap_err().findings[0].rule, "processing-fee-consistent");
//! # Ok::<(), ogi_report::ValueError>(())
//! ```

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::number::{Amount, Count};
use crate::place::Place;
use crate::wire::{exact, list_of_objects, optional, optional_texts};

/// A section in words, as printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "narrative", title = "narrative")]
pub struct Narrative {
    /// The heading as printed, 一、总体情况.
    pub title: String,
    /// The text, cut at its sub-headings, in order.
    #[serde(deserialize_with = "list_of_objects")]
    pub parts: Vec<Part>,
}

/// A piece of a section: what is under one sub-heading, or before the first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "part", title = "part")]
pub struct Part {
    /// The sub-heading as printed, （一）主动公开情况.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heading: Option<String>,
    /// The text, paragraphs parted by line breaks.
    pub text: String,
    /// Where each line of the text begins; empty where that is not known.
    #[serde(default, deserialize_with = "optional_texts", skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Place>,
}

impl Part {
    /// The sentences of the text, each with the place where it begins.
    pub(crate) fn sentences(&self) -> impl Iterator<Item = (&str, Option<Place>)> {
        self.text.split('\n').enumerate().flat_map(move |(line, text)| {
            let mut column = 0;
            text.split('。').map(move |sentence| {
                let place = self.places.get(line).map(|place| place.after(column));
                column += sentence.chars().count() + 1;
                (sentence, place)
            })
        })
    }
}

/// Section six, 其他需要报告的事项, with its statement on processing fees.
#[doc(alias = "其他需要报告的事项")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "other_matters", title = "other_matters")]
pub struct OtherMatters {
    /// The heading as printed, 六、其他需要报告的事项.
    pub title: String,
    /// The text, cut at its sub-headings, in order.
    #[serde(deserialize_with = "list_of_objects")]
    pub parts: Vec<Part>,
    /// What the section says on processing fees, 收取信息处理费情况; absent when it says nothing.
    #[serde(default, deserialize_with = "optional", skip_serializing_if = "Option::is_none")]
    pub processing_fee: Option<ProcessingFee>,
}

/// 收取信息处理费情况: fees for processing requests (Article 42, 国办函〔2020〕109号). Amounts in 元.
#[doc(alias = "信息处理费")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "processing_fee", title = "processing_fee")]
pub struct ProcessingFee {
    /// Whether the section says that there was none, or says how much.
    #[serde(deserialize_with = "exact")]
    pub status: FeeStatus,
    /// How many fee notices were sent, 收费通知. Unit: 件.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notices: Option<Count>,
    /// For how much in all. Unit: 元.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notified: Option<Amount>,
    /// What was collected. Unit: 元.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collected: Option<Amount>,
}

/// What a report says on processing fees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "fee_status", transform = crate::wire::plain_enum)]
pub enum FeeStatus {
    /// That none were collected.
    None,
    /// That there were some, or how much.
    Stated,
}

/// A section of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "section", transform = crate::wire::plain_enum)]
pub enum Section {
    /// 一、总体情况
    Overview,
    /// 二、主动公开政府信息情况
    Article20,
    /// 三、收到和处理政府信息公开申请情况
    Requests,
    /// 四、政府信息公开行政复议、行政诉讼情况
    Proceedings,
    /// 五、存在的主要问题及改进情况
    Problems,
    /// 六、其他需要报告的事项
    OtherMatters,
}

impl Section {
    /// The six sections, in the form's order.
    pub const ALL: &'static [Section] = &[
        Section::Overview,
        Section::Article20,
        Section::Requests,
        Section::Proceedings,
        Section::Problems,
        Section::OtherMatters,
    ];

    /// The sections that are tables, in the form's order.
    pub const TABLES: [Section; 3] = [Section::Article20, Section::Requests, Section::Proceedings];

    /// The official heading.
    ///
    /// ```
    /// use ogi_report::Section;
    /// assert_eq!(Section::Requests.title(), "三、收到和处理政府信息公开申请情况");
    /// assert_eq!(Section::ALL.iter().filter(|section| section.is_table()).count(), 3);
    /// ```
    pub const fn title(self) -> &'static str {
        match self {
            Section::Overview => "一、总体情况",
            Section::Article20 => "二、主动公开政府信息情况",
            Section::Requests => "三、收到和处理政府信息公开申请情况",
            Section::Proceedings => "四、政府信息公开行政复议、行政诉讼情况",
            Section::Problems => "五、存在的主要问题及改进情况",
            Section::OtherMatters => "六、其他需要报告的事项",
        }
    }

    /// Whether it is a table, not words.
    pub const fn is_table(self) -> bool {
        matches!(self, Section::Article20 | Section::Requests | Section::Proceedings)
    }

    /// The key of the section in JSON.
    pub const fn key(self) -> &'static str {
        match self {
            Section::Overview => "overview",
            Section::Article20 => "article20",
            Section::Requests => "requests",
            Section::Proceedings => "proceedings",
            Section::Problems => "problems",
            Section::OtherMatters => "other_matters",
        }
    }
}

/// A paragraph of a page, by its section: a heading, or an explanation of the figures among the tables.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "paragraph", title = "paragraph")]
pub struct Paragraph {
    /// The section it heads, or is in.
    #[serde(deserialize_with = "exact")]
    pub section: Section,
    /// The text as printed.
    pub text: String,
    /// Where it begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}
