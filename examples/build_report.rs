//! Builds the report of a town that received three requests, and shows that a wrong total is refused:
//! `cargo run --example build_report`.

use ogi_report::article20::{Article20, edition2021};
use ogi_report::narrative::FeeStatus;
use ogi_report::proceedings::{Proceedings, Rulings};
use ogi_report::requests::{Applicants, Outcomes, Requests};
use ogi_report::{
    Agency, AgencyKind, AnnualReport, Count, Date, Edition, Facts, Given, Language, Narrative, OtherMatters, Part,
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
        Err(refused) => refused.findings.iter().for_each(|finding| println!("{}", finding.message(Language::Chinese))),
    }
    Ok(())
}

fn parts() -> Result<Parts, Box<dyn std::error::Error>> {
    let agency = Agency { kind: Some(AgencyKind::Township), ..Agency::named("甲县乙镇人民政府") };
    let reconsideration = Rulings { upheld: 1.into(), ..Rulings::NONE };
    Ok(Parts {
        edition: Edition::EDITION_2021,
        facts: Facts {
            scope: Scope::Own,
            published_on: Some(Date::new(2025, 1, 20)?),
            overview: Some(section(
                "一、总体情况",
                "主动公开、政府信息管理、平台建设和监督保障均按要求开展；依申请公开方面，全年新收政府信息公开申请3件。",
            )),
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
            ..Facts::new("甲县乙镇2024年度政府信息公开工作年度报告", Year::new(2024)?, agency)
        },
        article20: Article20::Edition2021(article20()?),
        requests: requests(),
        proceedings: Proceedings { reconsideration, ..Proceedings::NONE },
    })
}

fn article20() -> Result<edition2021::Items<Given>, Box<dyn std::error::Error>> {
    let documents = edition2021::Documents { issued: 2.into(), repealed: 1.into(), in_force: 9.into() };
    Ok(edition2021::Items {
        normative_documents: documents,
        licensing: edition2021::Decisions { decisions: 120.into() },
        administrative_fees: edition2021::Fees { amount: "12.5".parse()? },
        ..edition2021::Items::NONE
    })
}

fn requests() -> Requests<Given> {
    Requests {
        received: Applicants { natural_person: 2.into(), commercial_enterprise: 1.into(), ..Applicants::NONE },
        outcomes: Outcomes { disclosed: Applicants { natural_person: 2.into(), ..Applicants::NONE }, ..Outcomes::NONE },
        carried_out: Applicants { commercial_enterprise: 1.into(), ..Applicants::NONE },
        ..Requests::NONE
    }
}

fn section(title: &str, text: &str) -> Narrative {
    Narrative { title: title.to_owned(), parts: vec![Part { text: text.to_owned(), ..Part::default() }] }
}
