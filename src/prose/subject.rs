//! What a sentence can speak of.

/// Rows that are added up, under their name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rows {
    pub name: &'static str,
    pub paths: &'static [&'static str],
}

/// What a sentence speaks of: a clause of the form, or anything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Subject {
    /// 政府信息公开申请.
    Requests,
    /// 申请, which is those of disclosure where the sentence speaks of them.
    RequestsInShort,
    Reconsideration,
    Litigation,
    DirectLitigation,
    LitigationAfterReconsideration,
    /// 行政复议、行政诉讼共3件.
    Proceedings,
    Rules,
    NormativeDocuments,
    Licensing,
    Penalty,
    Coercion,
    AdministrativeFees,
    /// Nothing that the form counts.
    Other,
}

macro_rules! rows {
    ($($name:literal = $($path:literal)+),+) => {
        &[$(Rows { name: $name, paths: &[$($path),+] }),+]
    };
}

impl Subject {
    /// The subject of this name in `words.txt`.
    pub(super) fn named(name: &str) -> Option<Subject> {
        Some(match name {
            "requests" => Subject::Requests,
            "requests_in_short" => Subject::RequestsInShort,
            "reconsideration" => Subject::Reconsideration,
            "litigation" => Subject::Litigation,
            "direct_litigation" => Subject::DirectLitigation,
            "litigation_after_reconsideration" => Subject::LitigationAfterReconsideration,
            "rules" => Subject::Rules,
            "normative_documents" => Subject::NormativeDocuments,
            "licensing" => Subject::Licensing,
            "penalty" => Subject::Penalty,
            "coercion" => Subject::Coercion,
            "administrative_fees" => Subject::AdministrativeFees,
            "other" => Subject::Other,
            _ => return None,
        })
    }

    const ALL: [Subject; 14] = [
        Subject::Requests,
        Subject::RequestsInShort,
        Subject::Reconsideration,
        Subject::Litigation,
        Subject::DirectLitigation,
        Subject::LitigationAfterReconsideration,
        Subject::Proceedings,
        Subject::Rules,
        Subject::NormativeDocuments,
        Subject::Licensing,
        Subject::Penalty,
        Subject::Coercion,
        Subject::AdministrativeFees,
        Subject::Other,
    ];

    /// The rows of all subjects.
    pub(super) fn all_rows() -> impl Iterator<Item = &'static Rows> {
        Subject::ALL.into_iter().flat_map(Subject::rows)
    }

    pub(super) fn is_requests(self) -> bool {
        matches!(self, Subject::Requests | Subject::RequestsInShort)
    }

    pub(super) fn is_proceedings(self) -> bool {
        use Subject::*;
        matches!(self, Reconsideration | Litigation | DirectLitigation | LitigationAfterReconsideration | Proceedings)
    }

    pub(super) fn is_documents(self) -> bool {
        matches!(self, Subject::Rules | Subject::NormativeDocuments)
    }

    pub(super) fn is_decisions(self) -> bool {
        matches!(self, Subject::Licensing | Subject::Penalty | Subject::Coercion | Subject::AdministrativeFees)
    }

    /// The rows that a figure of it can be of; one that fits is enough.
    pub(super) fn rows(self) -> &'static [Rows] {
        match self {
            Subject::Requests | Subject::RequestsInShort => rows! {
                "本年新收" = "requests.received",
                "本年新收与上年结转之和" = "requests.received" "requests.carried_in",
                "办理结果总计" = "requests.outcomes.total"
            },
            Subject::Reconsideration => rows!("行政复议" = "proceedings.reconsideration"),
            Subject::Litigation => rows! {
                "行政诉讼" = "proceedings.litigation.direct" "proceedings.litigation.after_reconsideration",
                "未经复议直接起诉" = "proceedings.litigation.direct",
                "复议后起诉" = "proceedings.litigation.after_reconsideration"
            },
            Subject::DirectLitigation => rows!("未经复议直接起诉" = "proceedings.litigation.direct"),
            Subject::LitigationAfterReconsideration => {
                rows!("复议后起诉" = "proceedings.litigation.after_reconsideration")
            }
            Subject::Proceedings => rows! {
                "行政复议与行政诉讼之和" = "proceedings.reconsideration" "proceedings.litigation.direct"
                    "proceedings.litigation.after_reconsideration",
                "行政诉讼" = "proceedings.litigation.direct" "proceedings.litigation.after_reconsideration"
            },
            Subject::Rules => rows!("规章" = "article20.item1.rules"),
            Subject::NormativeDocuments => rows!("规范性文件" = "article20.item1.normative_documents"),
            Subject::Licensing => rows!("行政许可" = "article20.item5.licensing"),
            Subject::Penalty => rows!("行政处罚" = "article20.item6.penalty"),
            Subject::Coercion => rows!("行政强制" = "article20.item6.coercion"),
            Subject::AdministrativeFees => rows!("行政事业性收费" = "article20.item8.administrative_fees"),
            Subject::Other => &[],
        }
    }
}
