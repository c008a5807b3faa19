//! The kind of an agency by its name, as Articles 3, 10, 49, 54 and 55 of the Regulations divide them.

use ogi_report::AgencyKind::{self, *};

/// Names, made up where a place is named, by the kind of body that they name.
const NAMED: &[(AgencyKind, &[&str])] = &[
    (ProvinceGovernment, &["甲省人民政府", "某某壮族自治区人民政府", "北京市人民政府", "上海市", "甲省"]),
    (
        CityGovernment,
        &[
            "甲市人民政府",
            "盐城市人民政府",
            "运城市",
            "甲省乙市人民政府",
            "某某族自治州人民政府",
            "临夏州人民政府",
            "锡林郭勒盟行政公署",
            "某某地区行政公署",
            "某某地区行署",
        ],
    ),
    (
        CountyGovernment,
        &[
            "甲县人民政府",
            "城口县人民政府",
            "甲市乙区人民政府",
            "甲市乙市人民政府",
            "某某州甲市人民政府",
            "某某盟甲旗人民政府",
            "某某地区甲县人民政府",
            "浦东新区人民政府",
            "重庆市甲区人民政府",
            "甲县政府",
            "甲县",
        ],
    ),
    (
        StateCouncilDepartment,
        &[
            "中华人民共和国教育部",
            "财政部",
            "农业农村部",
            "审计署",
            "中国人民银行",
            "海关总署",
            "国家税务总局",
            "国家发展和改革委员会",
            "国家市场监督管理总局",
            "国家能源局",
            "国家民委",
            "国务院国有资产监督管理委员会",
            "国务院港澳事务办公室",
            "中国证券监督管理委员会",
        ],
    ),
    (
        ProvinceDepartment,
        &[
            "甲省教育厅",
            "某某自治区公安厅",
            "内蒙古自治区教育厅",
            "上海市科委",
            "天津市城市管理委员会",
            "甲省国有资产监督管理委员会",
            "甲省人民政府外事办公室",
            "甲省人民政府研究室",
        ],
    ),
    (
        CityDepartment,
        &[
            "盐城市教育局",
            "运城市城市管理局",
            "运城市城管局",
            "甲市城市管理局",
            "甲市民政局",
            "甲市政务服务管理局",
            "甲市市场监督管理局",
            "甲市住房和城市更新局",
            "甲市住房和城乡建设局",
            "甲市乡村振兴局",
            "镇江市民政局",
            "新乡市教育局",
            "广州市公安局",
            "临夏州公安局",
            "驻马店市教育局",
            "甲市社区矫正管理局",
            "甲市老龄工作委员会办公室",
            "某某自治州民族宗教事务委员会",
            "锡林郭勒盟教育局",
            "某某地区财政局",
            "甲市人民政府地方志办公室",
            "甲市国有资产监督管理委员会",
            // 派出机构 and 内设机构 act for the department that they belong to.
            "甲市公安局乙分局",
            "甲市公安局乙区分局",
            "甲市自然资源和规划局乙县分局",
            "甲市公安局交警支队",
            "甲市住房和城乡建设局办公室",
            "甲市发展改革委价格处",
        ],
    ),
    (
        CountyDepartment,
        &[
            "城口县教育局",
            "甲县智慧城市管理局",
            "甲县城镇管理局",
            "甲市镇海区教育局",
            "镇原县水务局",
            "甲市通州区水务局",
            "浦东新区教育局",
            "甲市城区民政局",
            "甲市乙矿区教育局",
            "甲市乙市民政局",
            "某某州甲县教育局",
            "某某盟甲旗林业和草原局",
            "甲县公安局城关派出所",
            "甲县卫健委",
            "甲市红旗区司法局",
            "济宁市市中区教育局",
            "某某市新城区教育局",
            "梅州市梅县区教育局",
            "景德镇市甲县教育局",
            "科尔沁左翼中旗教育局",
            "秦皇岛市山海关区教育局",
        ],
    ),
    (
        Township,
        &[
            "甲县乙镇人民政府",
            "甲县乙民族乡人民政府",
            "某某旗乙苏木人民政府",
            "乙镇",
            "川主乡",
            "甲市乙区丙街道办事处",
            "甲区人民政府丙街道办事处",
            "丙街道",
            "丙街道办",
            "北京市甲区乙地区办事处",
            "北京市甲区乙地区",
            "甲街道办事处综合行政执法办公室",
            "甲县乙镇综合行政执法队",
        ],
    ),
    (
        ZoneCommittee,
        &[
            "甲市高新技术产业开发区管理委员会",
            "甲经开区管委会",
            "某某综合实验区",
            "某某综合实验区财政金融局",
            "甲市高新区教育局",
            "甲市经济技术开发区应急管理局",
            "某某新区生态环境和城市建设局",
            "甲自由贸易试验区管理委员会",
            "某某风景名胜区管理委员会",
            "甲市工业园区市场监督管理局",
            "某某湖管委会",
            "中国（某某）自由贸易试验区某某片区管理委员会",
            "某某深度合作区执行委员会",
            "某某综合实验区党工委管委会办公室",
        ],
    ),
    (AuthorizedOrganization, &["甲市住房公积金管理中心"]),
    (
        PublicInstitution,
        &[
            "某某大学",
            "甲职业技术学院",
            "甲学校",
            "甲市第一中学",
            "甲市第一人民医院",
            "乙镇卫生院",
            "甲市自来水公司",
            "甲燃气集团有限公司",
            "甲市公共交通集团有限责任公司",
        ],
    ),
];

/// What no name tells, and what files no such report.
const UNNAMED: &[&str] = &[
    "",
    "甲",
    "甲局",
    "教育局",
    // For itself or for the whole government.
    "甲市人民政府办公室",
    "甲县政府办公室",
    "上海市人民政府办公厅",
    "某某地区行政公署办公室",
    "国务院办公厅",
    // Led from above (Article 3): of no government of their region, and no department of the State Council.
    "国家税务总局甲市税务局",
    "甲县税务局",
    "中华人民共和国甲海关",
    "甲市气象局",
    "甲市烟草专卖局",
    "国家统计局甲调查总队",
    "国家能源局某某监管局",
    "水利部某某水利委员会",
    "中国人民银行甲市分行",
    "甲市消防救援支队",
    // Of the Party, of congresses, courts, associations.
    "中共甲市委宣传部",
    "甲市委",
    "甲县委编办",
    "甲县人民武装部",
    "甲市人大常委会办公室",
    "甲县人大办公室",
    "甲县委县政府办公室",
    "甲镇人民政府办公室",
    "甲市中级人民法院",
    "甲县人民检察院",
    "甲市红十字会",
    // Whose department it is does not show.
    "乙分局",
    "甲区公安分局",
    "甲市人民政府驻北京办事处",
    "某某生产建设兵团教育局",
    "第八师某某市教育局",
    "甲社区",
    "甲县城市",
    "甲省农业科学院",
    "甲省行政学院",
    "甲市某某公司",
];

#[test]
fn the_kind_is_that_of_the_regulations() {
    let found = |name: &str| AgencyKind::infer(name).map(|(kind, _)| kind);
    let named = NAMED.iter().flat_map(|(kind, names)| names.iter().map(|name| (*name, Some(*kind))));
    let unnamed = UNNAMED.iter().map(|name| (*name, None));
    let wrong: Vec<_> = named.chain(unnamed).filter(|(name, kind)| found(name) != *kind).collect();
    assert!(wrong.is_empty(), "{:#?}", wrong.iter().map(|(name, kind)| (name, kind, found(name))).collect::<Vec<_>>());
}

#[test]
fn the_words_that_tell_the_kind_are_those_of_the_name() {
    for (name, words) in [
        ("甲市乙区人民政府", "区人民政府"),
        ("盐城市教育局", "市教育局"),
        ("甲市公安局乙区分局", "市公安局"),
        ("某某综合实验区财政金融局", "实验区财政金融局"),
        ("国家能源局", "国家能源局"),
        (" 丙街道 ", "街道"),
        ("甲市第一人民医院", "医院"),
    ] {
        assert_eq!(AgencyKind::infer(name).map(|(_, words)| words), Some(words), "{name}");
    }
}

/// A long name costs no more than its length.
#[test]
fn a_name_without_end_is_none() {
    for piece in ["甲市", "甲局", "城市", "新区", "委"] {
        assert_eq!(AgencyKind::infer(&piece.repeat(100_000)), None);
    }
}
