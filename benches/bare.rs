//! The document `annual-report` of edition 2021 as plain derived structs: what reading costs without any check.
#![allow(dead_code, reason = "the fields are read from JSON and by nothing else")]

use serde::Deserialize;

/// A struct whose fields are all of one type.
macro_rules! rows {
    ($($Name:ident: $Type:ty { $($key:ident)+ })+) => { $(
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $Name { $($key: $Type,)+ }
    )+ };
}

rows! {
    Applicants: u64 {
        natural_person commercial_enterprise research_institution public_interest_organization
        legal_service_organization other total
    }
    Withheld: Applicants {
        state_secret forbidden_by_law security_or_stability third_party_rights internal_affairs process_information
        enforcement_file administrative_inquiry
    }
    Unavailable: Applicants { not_held requires_creation still_unclear }
    NotProcessed: Applicants { petition_or_complaint repeated public_publication excessive confirm_or_reissue }
    OtherHandling: Applicants { correction_overdue fee_overdue other }
    Rulings: u64 { upheld corrected other pending total }
    Litigation: Rulings { direct after_reconsideration }
    Documents: u64 { issued repealed in_force }
    Item1: Documents { rules normative_documents }
    Decisions: u64 { decisions }
    Item5: Decisions { licensing }
    Item6: Decisions { penalty coercion }
    Fees: String { amount }
    Item8: Fees { administrative_fees }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Article20 {
    item1: Item1,
    item5: Item5,
    item6: Item6,
    item8: Item8,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requests {
    received: Applicants,
    carried_in: Applicants,
    outcomes: Outcomes,
    carried_out: Applicants,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcomes {
    disclosed: Applicants,
    partially_disclosed: Applicants,
    withheld: Withheld,
    unavailable: Unavailable,
    not_processed: NotProcessed,
    other_handling: OtherHandling,
    total: Applicants,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proceedings {
    reconsideration: Rulings,
    litigation: Litigation,
}

#[derive(Deserialize)]
pub struct Report {
    #[serde(rename = "$schema")]
    schema: String,
    edition: String,
    year: u16,
    title: String,
    agency: ogi_report::Agency,
    scope: ogi_report::Scope,
    published_on: Option<String>,
    signed_on: Option<String>,
    signed_by: Option<String>,
    evidence: Option<ogi_report::Evidence>,
    preamble: Option<ogi_report::Part>,
    overview: Option<ogi_report::Narrative>,
    article20: Article20,
    requests: Requests,
    proceedings: Proceedings,
    problems: Option<ogi_report::Narrative>,
    other_matters: Option<ogi_report::OtherMatters>,
}
