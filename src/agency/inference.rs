//! The kind of an agency by its name: the region that it names last, and what it is of that region.

use super::AgencyKind::{self, *};
use crate::text::contains_any;

impl AgencyKind {
    /// The kind that `name` tells, with the words of the name that tell it: a bureau's branch or office is of the kind of
    /// the bureau (Article 10), an office of a zone of that of the zone. `None` where nothing tells, for bodies that are led
    /// from above (税务局, 海关), for those of the Party, of congresses and courts, and for the office of a government, which
    /// may report for itself or for the whole government.
    ///
    /// ```
    /// use ogi_report::AgencyKind;
    /// assert_eq!(AgencyKind::infer("甲市乙县人民政府"), Some((AgencyKind::CountyGovernment, "县人民政府")));
    /// assert_eq!(AgencyKind::infer("甲市水利局"), Some((AgencyKind::CityDepartment, "市水利局")));
    /// assert_eq!(AgencyKind::infer("甲县税务局"), None);
    /// ```
    pub fn infer(name: &str) -> Option<(AgencyKind, &str)> {
        let name = name.trim();
        if name.chars().nth(MOST_CHARACTERS).is_some() {
            return None;
        }
        if is_of_state_council(name) {
            return Some((StateCouncilDepartment, name));
        }
        let ends_with = |endings: &[&str]| endings.iter().find(|ending| name.ends_with(**ending)).map(|of| of.len());
        if let Some(length) = ends_with(PUBLIC_INSTITUTIONS).filter(|_| ends_with(ACADEMIES).is_none()) {
            return Some((PublicInstitution, &name[name.len() - length..]));
        }
        if name.ends_with("公司") {
            return contains_any(name, PUBLIC_SERVICES).then_some((PublicInstitution, name));
        }
        if let Some(length) = ends_with(&["住房公积金管理中心"]) {
            return Some((AuthorizedOrganization, &name[name.len() - length..]));
        }
        if is_elsewhere(name) { None } else { parent(name).or_else(|| of_region(name)) }
    }
}

/// Whether a name says in full what its body is: a government of a county or a town, the office of a street.
pub(crate) fn leaves_no_doubt(name: &str) -> bool {
    const ENDINGS: &[&str] = &["县人民政府", "旗人民政府", "镇人民政府", "乡人民政府", "苏木人民政府", "街道办事处"];
    ENDINGS.iter().any(|ending| name.trim().ends_with(ending))
}

/// No name of an agency is as long.
const MOST_CHARACTERS: usize = 60;

/// Public institutions (Article 55).
const PUBLIC_INSTITUTIONS: &[&str] = &["大学", "学院", "学校", "中学", "小学", "幼儿园", "医院", "卫生院"];

/// What ends like a school and is none.
const ACADEMIES: &[&str] = &["科学院", "行政学院", "社会主义学院"];

/// What a public enterprise provides.
#[rustfmt::skip]
const PUBLIC_SERVICES: &[&str] =
    &["自来水", "供水", "水务", "供电", "电力", "燃气", "供气", "供热", "热力", "公交", "公共交通", "环保", "环境保护"];

// ---- The State Council, and what is of no government ---------------------------------------------

/// The departments of the State Council, but those that 国家 or 国务院 begins.
#[rustfmt::skip]
const STATE_COUNCIL: &[&str] = &[
    "外交部", "国防部", "教育部", "科学技术部", "科技部", "工业和信息化部", "公安部", "国家安全部", "民政部", "司法部", "财政部",
    "人力资源和社会保障部", "人力资源社会保障部", "自然资源部", "生态环境部", "住房和城乡建设部", "住房城乡建设部", "交通运输部", "水利部", "农业农村部",
    "商务部", "文化和旅游部", "退役军人事务部", "应急管理部", "审计署", "中国人民银行", "海关总署", "中国民用航空局", "中国证券监督管理委员会",
];

fn is_of_state_council(name: &str) -> bool {
    let name = without_state(name);
    let is_whole = |rest: &str| {
        let ending =
            ["委员会", "委", "办公室", "研究室", "局", "署"].iter().find_map(|ending| rest.strip_suffix(ending));
        ending.is_some_and(|of| !of.is_empty() && !contains_any(of, &["局", "署", "委员会"]))
    };
    STATE_COUNCIL.contains(&name)
        || ["国家", "国务院"].iter().any(|of| name.strip_prefix(of).is_some_and(is_whole)) && regions(name).is_empty()
}

fn without_state(name: &str) -> &str {
    name.strip_prefix("中华人民共和国").unwrap_or(name)
}

/// Whether a body that is no department of the State Council is led from above (Article 3), or is no administrative agency.
fn is_elsewhere(name: &str) -> bool {
    #[rustfmt::skip]
    const WORDS: &[&str] = &[
        "税务局", "税务分局", "海关缉私", "海事局", "气象局", "烟草专卖局", "邮政管理局", "通信管理局", "国家安全局", "边防检查", "调查队", "调查总队",
        "人民银行", "金融监管", "证监局", "消防救援", "矿山安全监察", "生产建设兵团", "人大", "人民代表大会", "政协", "法院", "检察院", "武装部",
        "机构编制", "编办", "共青团", "总工会", "妇联", "妇女联合会", "残联", "残疾人联合会", "工商联", "红十字会", "党校", "中共",
    ];
    const PARTY: &[&str] =
        &["省委", "市委", "县委", "区委", "州委", "盟委", "旗委", "党委", "工委", "纪委", "政法委", "团委"];
    let of_zone = contains_any(name, COMMITTEES);
    contains_any(name, WORDS)
        || !of_zone && (contains_any(name, PARTY) || name.starts_with("国家"))
        || STATE_COUNCIL.iter().any(|department| without_state(name).starts_with(department))
        // 第八师…市 of the production corps.
        || name.starts_with('第') && name.contains('师')
}

/// Whether the name of a body says of which region it is, or that it is the state's.
pub(crate) fn is_of_a_region(name: &str) -> bool {
    name.starts_with("国家") || STATE_COUNCIL.contains(&without_state(name)) || !regions(name).is_empty()
}

// ---- Departments, governments, zones -------------------------------------------------------------

/// The committee of a zone.
const COMMITTEES: &[&str] = &["管理委员会", "管委会"];

/// The department whose branch or office this is: 甲市公安局乙分局.
fn parent(name: &str) -> Option<(AgencyKind, &str)> {
    const PARTS: &[&str] = &["局", "支队", "大队", "总队", "派出所", "处", "科", "办公室"];
    if !PARTS.iter().any(|ending| name.ends_with(ending)) {
        return None;
    }
    let departments = name.char_indices().filter_map(|(at, c)| {
        let (department, rest) = name.split_at(at + c.len_utf8());
        let ends_here =
            matches!(c, '局' | '厅') || c == '委' && !rest.starts_with('员') || department.ends_with("委员会");
        (ends_here && !rest.is_empty()).then_some(department)
    });
    departments.filter_map(of_region).find(|(kind, _)| kind.is_department())
}

/// A body of the last region that it names, or the committee of a zone.
fn of_region(name: &str) -> Option<(AgencyKind, &str)> {
    // 国有资产监督管理委员会 and 城市管理委员会 are departments.
    const PLACES: [char; 16] =
        ['湖', '山', '岛', '港', '城', '园', '湾', '岭', '河', '江', '海', '泉', '陵', '洲', '谷', '滩'];
    let of_place = COMMITTEES.iter().find_map(|ending| name.strip_suffix(ending)).filter(|of| of.ends_with(PLACES));
    if let Some(of) = of_place {
        return Some((ZoneCommittee, &name[of.len()..]));
    }
    let Region { start, end, level } = regions(name).pop()?;
    let kind = match (&name[end..], level) {
        ("" | "人民政府" | "政府" | "行政公署" | "行署", level) => match level {
            Level::Province => ProvinceGovernment,
            Level::City => CityGovernment,
            Level::County => CountyGovernment,
            Level::Town => Township,
            Level::Zone if end == name.len() => ZoneCommittee,
            Level::Zone => return None,
        },
        ("办事处" | "办", Level::Town) => Township,
        (rest, Level::Town) if rest.ends_with("执法队") => Township,
        (rest, _) if !is_department(rest) => return None,
        (_, Level::Province) => ProvinceDepartment,
        (_, Level::City) => CityDepartment,
        (_, Level::County) => CountyDepartment,
        (_, Level::Town) => Township,
        (_, Level::Zone) => ZoneCommittee,
    };
    Some((kind, &name[start..]))
}

/// Whether this is a department, after its region.
fn is_department(name: &str) -> bool {
    const ENDINGS: &[&str] = &["局", "厅", "委", "委员会", "管委会", "办公室", "办", "研究室"];
    // The office of a government: for itself, or for the whole of it.
    #[rustfmt::skip]
    const OFFICES: &[&str] = &[
        "人民政府办公室", "人民政府办公厅", "人民政府办", "政府办公室", "政府办公厅", "政府办", "行政公署办公室", "行署办公室",
    ];
    ENDINGS.iter().any(|ending| name.ends_with(ending))
        && !OFFICES.contains(&name)
        && !name.ends_with("分局")
        && !name.contains('驻')
}

// ---- Regions -------------------------------------------------------------------------------------

/// A region within a name.
struct Region {
    /// Where the words begin that say of which level it is.
    start: usize,
    end: usize,
    level: Level,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Province,
    /// A city with districts, a prefecture, a league; a city of which nothing else is said.
    City,
    County,
    Town,
    /// A zone, which is no administrative division.
    Zone,
}

/// The regions of a name, in its order.
fn regions(name: &str) -> Vec<Region> {
    const MUNICIPALITIES: [&str; 4] = ["北京", "天津", "上海", "重庆"];
    let mut regions: Vec<Region> = Vec::new();
    for (at, c) in name.char_indices() {
        let end = at + c.len_utf8();
        let (before, after) = (&name[..at], &name[end..]);
        let last_end = regions.last().map_or(0, |region| region.end);
        // What has no name is none: 市区, 市场.
        if last_end == at {
            continue;
        }
        // 通州区, 新乡市, 红旗街道.
        let goes_on = after.starts_with(['市', '区', '县', '镇', '乡', '路', '街']);
        let found = match c {
            '省' => Some((Level::Province, at)),
            '市' if is_city(&name[last_end..at], after) => {
                let level = match regions.last() {
                    None if MUNICIPALITIES.contains(&before) => Level::Province,
                    Some(region) if region.level == Level::City => Level::County,
                    _ => Level::City,
                };
                Some((level, at))
            }
            '州' if !goes_on => Some((Level::City, at)),
            '盟' if !before.ends_with(['联', '同', '加']) => Some((Level::City, at)),
            '县' => Some((Level::County, at)),
            '旗' if !goes_on && !before.ends_with('红') => Some((Level::County, at)),
            // Within a city or a county a 地区 is a town.
            '区' => district(before, after).map(|(level, start)| match regions.last() {
                Some(Region { level: Level::City | Level::County, .. }) if before.ends_with('地') => {
                    (Level::Town, start)
                }
                _ => (level, start),
            }),
            '镇' | '乡' if !goes_on && !before.ends_with('城') && !after.starts_with('村') => {
                Some((Level::Town, at))
            }
            '道' => before.strip_suffix('街').map(|of| (Level::Town, of.len())),
            '木' => before.strip_suffix('苏').map(|of| (Level::Town, of.len())),
            _ => None,
        };
        regions.extend(found.map(|(level, start)| Region { start, end, level }));
    }
    regions
}

/// Whether 市 ends the name of a city, after the region before it: 市场, 市政工程 and 城市管理 name none, 盐城市 does.
fn is_city(before: &str, after: &str) -> bool {
    const CITIES: &[&str] = &["智慧", "数字", "海绵", "文明", "卫生", "园林", "和", "与", "及", "、"];
    let is_word = match after.chars().next() {
        Some('场' | '容') => true,
        Some('政') => !["政务", "政府", "政研"].iter().any(|word| after.starts_with(word)),
        Some('民') => !["民政", "民族", "民宗", "民防", "民营", "民用"].iter().any(|word| after.starts_with(word)),
        _ => false,
    };
    let city = before.strip_suffix('城');
    !is_word && !city.is_some_and(|kind| kind.is_empty() || CITIES.iter().any(|word| kind.ends_with(word)))
}

/// The level of a district or a zone, and where the words begin that say so.
fn district(before: &str, after: &str) -> Option<(Level, usize)> {
    #[rustfmt::skip]
    const ZONES: &[&str] = &[
        "开发", "高新", "经开", "新", "示范", "试验", "实验", "园", "景", "名胜", "保税", "综保", "自贸", "度假", "合作", "保护", "管理", "集聚", "集中",
        "先行", "功能", "先导", "投资", "空港", "工业", "产业", "商务", "旅游",
    ];
    // Divisions that are called like zones.
    const DISTRICTS: &[&str] = &["浦东新", "滨海新", "沈北新"];
    const NONE: [char; 11] = ['社', '小', '校', '学', '院', '灾', '库', '牧', '片', '辖', '老'];
    if before.ends_with(NONE) || after.starts_with(['域', '划', '间', '块', '位']) {
        return None;
    }
    if before.ends_with("自治") {
        return Some((Level::Province, before.len()));
    }
    if let Some(of) = before.strip_suffix('地') {
        let level = if after.starts_with("办事处") { Level::Town } else { Level::City };
        return Some((level, of.len()));
    }
    let zone = ZONES.iter().find_map(|zone| before.strip_suffix(zone));
    let is_district = DISTRICTS.iter().any(|district| before.ends_with(district));
    Some(zone.filter(|_| !is_district).map_or((Level::County, before.len()), |of| (Level::Zone, of.len())))
}
