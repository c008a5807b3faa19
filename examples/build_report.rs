//! Builds the report of a town that received three requests, and shows that a wrong total is refused:
//! `cargo run --example build_report`.

use ogi_report::article20::{Article20, edition2021};
use ogi_report::narrative::FeeStatus;
use ogi_report::proceedings::{Litigation, Proceedings, Rulings};
use ogi_report::requests::{
    Applicants, DividedHandling, NotProcessed, OtherHandling, Outcomes, Requests, Unavailable, Withheld,
};
use ogi_report::{
    Agency, AgencyKind, Amount, AnnualReport, Count, Date, Edition, Evidence, Given, Narrative, OtherMatters, Part,
    Parts, ProcessingFee, Scope, Year,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Totals are left out and worked out.
    let report = AnnualReport::new(parts()?)?;
    println!("{}", report.to_json());

    // A total that is given must be right: three people and companies applied, not four.
    let mut wrong = parts()?;
    wrong.requests.received.total = Some(Count::from(4));
    match AnnualReport::new(wrong) {
        Ok(_) => println!("通过"),
        Err(refused) => refused.findings.iter().for_each(|finding| println!("{}", finding.zh())),
    }
    Ok(())
}

fn parts() -> Result<Parts, Box<dyn std::error::Error>> {
    Ok(Parts {
        schema: None,
        edition: Edition::Edition2021,
        year: Year::new(2024)?,
        title: "甲县乙镇2024年度政府信息公开工作年度报告".to_owned(),
        agency: Agency {
            name: "甲县乙镇人民政府".to_owned(),
            kind: Some(AgencyKind::Township),
            division_code: None,
            credit_code: None,
        },
        scope: Scope::Own,
        published_on: Some(Date::new(2025, 1, 20)?),
        signed_on: None,
        evidence: Evidence::default(),
        preamble: None,
        overview: Some(section("一、总体情况", "全年新收政府信息公开申请3件。")),
        article20: Article20::Edition2021(article20()?),
        requests: requests(),
        proceedings: Proceedings {
            reconsideration: Rulings { upheld: 1.into(), ..Rulings::NONE },
            litigation: Litigation { direct: Rulings::NONE, after_reconsideration: Rulings::NONE },
        },
        problems: Some(section("五、存在的主要问题及改进情况", "公开内容更新不够及时，已改进为每周检查一次。")),
        other_matters: Some(OtherMatters {
            title: "六、其他需要报告的事项".to_owned(),
            parts: vec![Part { text: "本年度未收取信息处理费。".to_owned(), ..Part::default() }],
            processing_fee: Some(ProcessingFee {
                status: FeeStatus::None,
                notices: None,
                notified: None,
                collected: None,
            }),
        }),
    })
}

fn article20() -> Result<edition2021::Items<Given>, Box<dyn std::error::Error>> {
    let decisions = |decisions: u32| edition2021::Decisions { decisions: decisions.into() };
    let documents = |issued: u32, repealed: u32, in_force: u32| edition2021::Documents {
        issued: issued.into(),
        repealed: repealed.into(),
        in_force: in_force.into(),
    };
    Ok(edition2021::Items {
        item1: edition2021::Item1 { rules: documents(0, 0, 0), normative_documents: documents(2, 1, 9) },
        item5: edition2021::Item5 { licensing: decisions(120) },
        item6: edition2021::Item6 { penalty: decisions(4), coercion: decisions(0) },
        item8: edition2021::Item8 { administrative_fees: edition2021::Fees { amount: "12.5".parse::<Amount>()? } },
    })
}

fn requests() -> Requests<Given> {
    let none = Applicants::NONE;
    Requests {
        received: Applicants { natural_person: 2.into(), commercial_enterprise: 1.into(), ..none.clone() },
        carried_in: none.clone(),
        outcomes: Outcomes {
            disclosed: Applicants { natural_person: 2.into(), ..none.clone() },
            partially_disclosed: none.clone(),
            withheld: Withheld {
                state_secret: none.clone(),
                forbidden_by_law: none.clone(),
                security_or_stability: none.clone(),
                third_party_rights: none.clone(),
                internal_affairs: none.clone(),
                process_information: none.clone(),
                enforcement_file: none.clone(),
                administrative_inquiry: none.clone(),
            },
            unavailable: Unavailable {
                not_held: none.clone(),
                requires_creation: none.clone(),
                still_unclear: none.clone(),
            },
            not_processed: NotProcessed {
                petition_or_complaint: none.clone(),
                repeated: none.clone(),
                public_publication: none.clone(),
                excessive: none.clone(),
                confirm_or_reissue: none.clone(),
            },
            other_handling: OtherHandling::Divided(DividedHandling {
                correction_overdue: none.clone(),
                fee_overdue: none.clone(),
                other: none.clone(),
            }),
            total: None,
        },
        carried_out: Applicants { commercial_enterprise: 1.into(), ..none },
    }
}

fn section(title: &str, text: &str) -> Narrative {
    Narrative { title: title.to_owned(), parts: vec![Part { text: text.to_owned(), ..Part::default() }] }
}
