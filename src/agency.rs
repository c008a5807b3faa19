//! Who reports: the agency, its kind, its codes.
//!
//! Articles 4, 49 and 54 of the Regulations say who files the report. The kind of an agency is stated by whoever
//! builds the report, or inferred from the ending of the name; [`Evidence`](crate::Evidence) says which.

pub(crate) mod inference;

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::language::Language;
use crate::text::trimmed;
use crate::value_error::ValueError;
use crate::wire::{optional, text};

/// The agency that reports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "agency", title = "agency")]
pub struct Agency {
    /// The name as printed.
    pub name: String,
    /// What kind of body it is; absent or unknown where nothing tells.
    #[serde(default, deserialize_with = "optional", skip_serializing_if = "Option::is_none")]
    pub kind: Option<AgencyKind>,
    /// GB/T 2260 division code, six digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub division_code: Option<DivisionCode>,
    /// GB 32100 unified social credit code, 18 characters with its check character.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit_code: Option<CreditCode>,
}

impl Agency {
    /// The agency of this name, nothing else known.
    ///
    /// ```
    /// use ogi_report::{Agency, AgencyKind};
    /// let agency = Agency {
    ///     kind: Some(AgencyKind::CityDepartment),
    ///     division_code: Some("330100".parse()?),
    ///     ..Agency::named("示例市数据局")
    /// };
    /// assert!(agency.check().is_ok());
    /// assert_eq!(Agency::named(" ").check().unwrap_err().findings[0].rule, "agency-stated");
    /// # Ok::<(), ogi_report::ValueError>(())
    /// ```
    pub fn named(name: impl Into<String>) -> Agency {
        Agency { name: name.into(), kind: None, division_code: None, credit_code: None }
    }

    /// What tells it from all others, whatever the year: its credit code, or its division code and its name. `None` where
    /// neither code is known: many agencies have one name. Reports that state different codes, a credit code in one year and a
    /// division code in the next, have different keys.
    ///
    /// ```
    /// use ogi_report::Agency;
    /// let agency = Agency { division_code: Some("330106".parse()?), ..Agency::named("教育局") };
    /// assert_eq!(agency.key().as_deref(), Some("330106 教育局"));
    /// assert_eq!(Agency::named("教育局").key(), None);
    /// # Ok::<(), ogi_report::ValueError>(())
    /// ```
    pub fn key(&self) -> Option<String> {
        let by_division = || Some(format!("{} {}", self.division_code.as_ref()?, trimmed(&self.name)));
        self.credit_code.as_ref().map(ToString::to_string).or_else(by_division)
    }

    /// An agency of this kind whose name is for the page to say: for [`Facts::state`](crate::Facts::state).
    pub fn of_kind(kind: AgencyKind) -> Agency {
        Agency { kind: Some(kind), ..Agency::named("") }
    }
}

/// What kind of body files the report. Article 49 gives governments and departments different deadlines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "agency_kind", transform = crate::wire::plain_enum)]
#[non_exhaustive]
pub enum AgencyKind {
    /// 省、自治区、直辖市人民政府
    ProvinceGovernment,
    /// 设区的市、自治州人民政府，地区、盟行政公署
    CityGovernment,
    /// 县、县级市、市辖区人民政府
    CountyGovernment,
    /// 国务院部门
    StateCouncilDepartment,
    /// 省级人民政府部门
    ProvinceDepartment,
    /// 市级人民政府部门
    CityDepartment,
    /// 县级人民政府部门
    CountyDepartment,
    /// 乡、镇人民政府，街道办事处
    Township,
    /// 开发区、新区等管理委员会及其工作机构
    ZoneCommittee,
    /// 法律、法规授权的具有管理公共事务职能的组织 (Article 54)
    AuthorizedOrganization,
    /// 学校、医院、供水等公共企事业单位, which disclose by rules of their own and file no such report (Article 55)
    PublicInstitution,
    /// Nothing tells.
    Unknown,
}

impl AgencyKind {
    /// All kinds, in the order of the code list.
    pub const ALL: &'static [AgencyKind] = &[
        AgencyKind::ProvinceGovernment,
        AgencyKind::CityGovernment,
        AgencyKind::CountyGovernment,
        AgencyKind::StateCouncilDepartment,
        AgencyKind::ProvinceDepartment,
        AgencyKind::CityDepartment,
        AgencyKind::CountyDepartment,
        AgencyKind::Township,
        AgencyKind::ZoneCommittee,
        AgencyKind::AuthorizedOrganization,
        AgencyKind::PublicInstitution,
        AgencyKind::Unknown,
    ];

    /// The name in this language.
    pub fn label(self, language: Language) -> &'static str {
        language.of(match self {
            AgencyKind::ProvinceGovernment => ["省级人民政府", "provincial government"],
            AgencyKind::CityGovernment => ["市级人民政府", "city government"],
            AgencyKind::CountyGovernment => ["县级人民政府", "county government"],
            AgencyKind::StateCouncilDepartment => ["国务院部门", "department of the State Council"],
            AgencyKind::ProvinceDepartment => ["省级政府部门", "provincial department"],
            AgencyKind::CityDepartment => ["市级政府部门", "city department"],
            AgencyKind::CountyDepartment => ["县级政府部门", "county department"],
            AgencyKind::Township => ["乡镇、街道", "township or subdistrict"],
            AgencyKind::ZoneCommittee => ["管理委员会及其工作机构", "zone committee or its office"],
            AgencyKind::AuthorizedOrganization => ["授权组织", "authorized organization"],
            AgencyKind::PublicInstitution => ["公共企事业单位", "public institution or enterprise"],
            AgencyKind::Unknown => ["未知", "unknown"],
        })
    }

    /// The name, as in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            AgencyKind::ProvinceGovernment => "province_government",
            AgencyKind::CityGovernment => "city_government",
            AgencyKind::CountyGovernment => "county_government",
            AgencyKind::StateCouncilDepartment => "state_council_department",
            AgencyKind::ProvinceDepartment => "province_department",
            AgencyKind::CityDepartment => "city_department",
            AgencyKind::CountyDepartment => "county_department",
            AgencyKind::Township => "township",
            AgencyKind::ZoneCommittee => "zone_committee",
            AgencyKind::AuthorizedOrganization => "authorized_organization",
            AgencyKind::PublicInstitution => "public_institution",
            AgencyKind::Unknown => "unknown",
        }
    }

    /// Whether it is a people's government whose report is due by 31 March (Article 49).
    pub const fn is_government(self) -> bool {
        matches!(self, AgencyKind::ProvinceGovernment | AgencyKind::CityGovernment | AgencyKind::CountyGovernment)
    }

    /// Whether it is a department at county level or above whose report is due by 31 January (Article 49).
    pub const fn is_department(self) -> bool {
        matches!(
            self,
            AgencyKind::StateCouncilDepartment
                | AgencyKind::ProvinceDepartment
                | AgencyKind::CityDepartment
                | AgencyKind::CountyDepartment
        )
    }
}

impl fmt::Display for AgencyKind {
    /// The name, as in JSON.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for AgencyKind {
    type Err = ValueError;
    /// From the name, as in JSON.
    fn from_str(name: &str) -> Result<AgencyKind, ValueError> {
        let found = AgencyKind::ALL.iter().find(|kind| kind.name() == name);
        found.copied().ok_or_else(|| {
            let words = ["机关类别，如 city_department", "a kind of agency such as city_department"];
            ValueError::new(words, name)
        })
    }
}

/// A GB/T 2260 code of an administrative division: six digits. Whether the division exists is not checked.
///
/// ```
/// use ogi_report::DivisionCode;
/// assert_eq!("330100".parse::<DivisionCode>()?.as_str(), "330100");
/// assert!("3301".parse::<DivisionCode>().is_err());
/// # Ok::<(), ogi_report::ValueError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DivisionCode(String);

impl DivisionCode {
    /// How the code is written.
    pub const PATTERN: &'static str = "^[0-9]{6}$";

    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for DivisionCode {
    type Err = ValueError;
    fn from_str(text: &str) -> Result<DivisionCode, ValueError> {
        if text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            Ok(DivisionCode(text.to_owned()))
        } else {
            Err(ValueError::new(["六位行政区划代码", "a division code of six digits"], text))
        }
    }
}

/// A GB 32100 unified social credit code, its check character verified.
///
/// ```
/// use ogi_report::CreditCode;
/// assert!("11110000MB0000000U".parse::<CreditCode>().is_ok());
/// let error = "11110000MB00000007".parse::<CreditCode>().unwrap_err();
/// assert_eq!(error.to_string(), r#"expected the check character U, found "11110000MB00000007""#);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CreditCode(String);

/// The characters of a credit code; the place of each is its value.
const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

impl CreditCode {
    /// How the code is written; the check character is for the reader to check.
    pub const PATTERN: &'static str = "^[0-9A-HJ-NPQRTUWXY]{18}$";

    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for CreditCode {
    type Err = ValueError;
    fn from_str(text: &str) -> Result<CreditCode, ValueError> {
        let values: Option<Vec<usize>> = text.chars().take(19).map(|c| ALPHABET.find(c)).collect();
        let Some([first @ .., check]) = values.as_deref().filter(|values| values.len() == 18) else {
            let words = [
                format!("由 {ALPHABET} 中的字符组成的十八位统一社会信用代码"),
                format!("a credit code of 18 characters out of {ALPHABET}"),
            ];
            return Err(ValueError::new(words, text));
        };
        let weights = std::iter::successors(Some(1), |weight| Some(weight * 3 % 31));
        let sum: usize = first.iter().zip(weights).map(|(value, weight)| value * weight).sum();
        let expected = (31 - sum % 31) % 31;
        if expected == *check {
            Ok(CreditCode(text.to_owned()))
        } else {
            let expected = char::from(ALPHABET.as_bytes()[expected]);
            Err(ValueError::new([format!("校验码 {expected}"), format!("the check character {expected}")], text))
        }
    }
}

/// Display, serde and schema of a code that is a checked string.
macro_rules! code {
    ($Type:ident, $name:literal, $length:literal) => {
        impl fmt::Display for $Type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $Type {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<$Type, D::Error> {
                text(from)
            }
        }

        impl Serialize for $Type {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(&self.0)
            }
        }

        impl JsonSchema for $Type {
            fn inline_schema() -> bool {
                true
            }
            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                // In Python a line break may follow what `$` ends.
                json_schema!({ "type": "string", "pattern": $Type::PATTERN, "maxLength": $length })
            }
        }
    };
}
code!(DivisionCode, "division_code", 6);
code!(CreditCode, "credit_code", 18);
