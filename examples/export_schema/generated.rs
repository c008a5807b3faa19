//! All files that are made from the code, for the command that writes them and for the test that compares them.
//!
//! What is listed in `schema/released.sha256` is released: no such file changes any more, and no rule in a `rules.json`
//! among them means something else under the same version. Before the first release the list is empty, and everything may
//! change.

use std::collections::BTreeMap;
use std::path::Path;

use ogi_report::export::{self, Over, TestKind};
use ogi_report::finding::FindingCell;
use ogi_report::{Edition, LINKS, Language, PEERS, RULES, Rule, SUMS, schema};
use sha2::{Digest, Sha256};

/// The files that are made, by their path in the repository.
#[derive(Clone)]
pub(crate) struct Generated {
    pub(crate) files: BTreeMap<String, String>,
    /// By the code and version of a rule.
    digests: BTreeMap<(String, u64), String>,
}

/// What went wrong, a line each.
pub(crate) type Faults = Vec<String>;

const DIGESTS: &str = "schema/rule-digests.txt";
const RELEASED: &str = "schema/released.sha256";

/// Everything below these is made.
fn made_folders() -> [String; 5] {
    let version = format!("schema/{}", schema::VERSION);
    let conformance = ["reports", "compared", "expected"].map(|folder| format!("schema/conformance/{folder}"));
    let [reports, compared, expected] = conformance;
    [version, "schema/rule-book".into(), reports, compared, expected]
}

/// Makes all files anew.
///
/// # Errors
/// All that is released and would change, and what cannot be read.
pub(crate) fn generated(root: &Path) -> Result<Generated, Faults> {
    let mut files: BTreeMap<String, String> =
        export::files().into_iter().map(|(path, text)| (format!("schema/{path}"), text)).collect();
    let digests = rule_digests();
    let lines = digests.iter().map(|((code, version), digest)| format!("{code} {version} {digest}\n"));
    files.insert(DIGESTS.to_owned(), lines.collect());
    for (name, is_zh) in [("README.md", false), ("README.zh-CN.md", true)] {
        let text = read(root, name)?;
        let text = with_table(&text, "report", RULES.iter(), is_zh)?;
        files.insert(
            name.to_owned(),
            with_table(&text, "years and region", LINKS.iter().chain(SUMS).chain(PEERS), is_zh)?,
        );
    }
    let made = Generated { files, digests };
    let faults = made.changes_of_released(root)?;
    if faults.is_empty() { Ok(made) } else { Err(faults) }
}

impl Generated {
    /// The files that are not as they are made, and those that nobody makes any more.
    pub(crate) fn differences(&self, root: &Path) -> Result<Vec<String>, Faults> {
        let differs = |(name, text): &(&String, &String)| read(root, name).ok().as_ref() != Some(*text);
        let mut names: Vec<String> = self.files.iter().filter(differs).map(|(name, _)| name.clone()).collect();
        for folder in made_folders() {
            below(root, &folder, &mut names)?;
        }
        names.retain(|name| self.files.get(name).is_none_or(|text| read(root, name).ok().as_ref() != Some(text)));
        names.sort();
        names.dedup();
        Ok(names)
    }

    /// The same, with the files of this version among those that are released.
    #[allow(dead_code, reason = "the test only compares")]
    pub(crate) fn released(&self, root: &Path) -> Result<Generated, Faults> {
        let mut listed = listed(root)?;
        let this_version = format!("schema/{}/", schema::VERSION);
        for (name, text) in self.files.iter().filter(|(name, _)| name.starts_with(&this_version)) {
            listed.insert(name["schema/".len()..].to_owned(), sha256(text));
        }
        let mut made = self.clone();
        made.files
            .insert(RELEASED.to_owned(), listed.iter().map(|(name, digest)| format!("{digest}  {name}\n")).collect());
        Ok(made)
    }
}

// ---- What is released ----------------------------------------------------------------------------

impl Generated {
    /// What is released and would not stay as it is.
    pub(crate) fn changes_of_released(&self, root: &Path) -> Result<Faults, Faults> {
        let mut faults = Vec::new();
        let listed = listed(root)?;
        for (name, digest) in &listed {
            let path = format!("schema/{name}");
            let text = self.files.get(&path).cloned().map_or_else(|| read(root, &path), Ok)?;
            if sha256(&text) != *digest {
                faults.push(format!("{path} is released and would change: raise schema::VERSION"));
            }
        }
        for name in listed.keys().filter(|name| name.ends_with("/rules.json")) {
            let file: serde_json::Value = serde_json::from_str(&read(root, &format!("schema/{name}"))?)
                .map_err(|error| vec![format!("{name}: {error}")])?;
            let released = file["rules"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|rule| Some((rule["code"].as_str()?.to_owned(), rule["version"].as_u64()?)));
            let committed = read(root, DIGESTS)?;
            for key in released {
                let line = committed.lines().find_map(|line| line.strip_prefix(&format!("{} {} ", key.0, key.1)));
                // A line that is gone was taken out by hand; a rule with a higher version may mean what it likes.
                if let (Some(before), Some(now)) = (line, self.digests.get(&key))
                    && before != now
                {
                    faults.push(format!(
                        "version {} of {} is released and means something else now: raise its version (where only the \
                     conformance kit has grown, take its line out of {DIGESTS} first)",
                        key.1, key.0
                    ));
                }
            }
        }
        faults.dedup();
        Ok(faults)
    }
}

/// The released files with their digests, by their path in `schema/`.
fn listed(root: &Path) -> Result<BTreeMap<String, String>, Faults> {
    let list = read(root, RELEASED)?;
    let pair = |line: &str| {
        let (digest, name) = line.split_once("  ").ok_or_else(|| vec![format!("{RELEASED}: {line}")])?;
        Ok((name.to_owned(), digest.to_owned()))
    };
    list.lines().map(pair).collect()
}

/// Of each rule with its version a digest of what it asserts and of what it answers to the conformance kit. A kit that grows
/// changes those of the rules that it tells more about.
fn rule_digests() -> BTreeMap<(String, u64), String> {
    let answer = |case: export::Case| match export::expected(&case.asked) {
        Ok(expected) => (expected.findings, case.name),
        Err(faults) => panic!("{}: {faults}", case.name),
    };
    let answers: Vec<_> = export::cases().into_iter().map(answer).collect();
    let side = |quoted: &FindingCell| match (quoted.is_left(), quoted.is_right()) {
        (true, _) => Some(Side::Left),
        (_, true) => Some(Side::Right),
        _ => None,
    };
    let digest = |rule: &export::RuleLine| {
        let mut meaning = json(&rule.tests);
        for (found, case) in &answers {
            let of_rule: Vec<_> = found.iter().filter(|line| line.rule == rule.code).collect();
            if !of_rule.is_empty() {
                meaning += &format!("{case}{}", json(&of_rule));
            }
        }
        // The kit says no severity, and is not for words: these answer to their own examples as well.
        let over_words = rule.tests.iter().all(|test| test.kind == TestKind::Words);
        let page = Rule::find(&rule.code).filter(|_| rule.over != Over::Report || over_words);
        for finding in page
            .iter()
            .flat_map(|page| {
                [page.right_example(), page.wrong_example()].map(|report| page.findings_in(&report).unwrap_or_default())
            })
            .flatten()
        {
            let cells: Vec<_> = finding.cells.iter().map(|quoted| (quoted.cell, side(quoted))).collect();
            meaning += &format!("{} {cells:?} {:?} {:?}", finding.severity, finding.found, finding.expected);
        }
        sha256(&meaning)[..16].to_owned()
    };
    export::rules().rules.iter().map(|rule| ((rule.code.clone(), rule.version.into()), digest(rule))).collect()
}

/// On which side of an equation a cell is.
#[derive(Debug)]
enum Side {
    Left,
    Right,
}

// ---- The tables of the READMEs -------------------------------------------------------------------

/// The text with the table of these rules between its marks.
fn with_table(text: &str, of: &str, rules: impl Iterator<Item = &'static Rule>, is_zh: bool) -> Result<String, Faults> {
    let (begin, end) =
        (format!("<!-- rules over {of}, written by the example export_schema -->\n"), "<!-- end of rules -->");
    let missing = || vec![format!("no {begin:?} before {end:?}")];
    let (before, after) = text.split_once(&begin).ok_or_else(missing)?;
    let (_, after) = after.split_once(end).ok_or_else(missing)?;
    let heading = if is_zh { "| 规则 | 级别 | 要求 |" } else { "| code | severity | what must hold |" };
    let mut table = format!("{heading}\n|---|---|---|\n");
    for rule in rules {
        let [zh, en] = requirement(rule);
        let (severity, text) =
            if is_zh { (rule.severity.label(Language::Chinese), zh) } else { (rule.severity.name(), en) };
        table += &format!("| [`{0}`](schema/rule-book/{0}.md) | {severity} | {text} |\n", rule.code);
    }
    Ok(format!("{before}{begin}{table}{end}{after}"))
}

/// What must hold, for which editions, and when a finding is milder.
fn requirement(rule: &Rule) -> [String; 2] {
    let [mut zh, mut en] = [rule.statement(Language::Chinese), rule.statement(Language::English)].map(str::to_owned);
    let editions: Vec<&str> = Edition::all().filter(|edition| rule.applies_to(*edition)).map(Edition::name).collect();
    if editions.len() < Edition::all().len() {
        zh = format!("{} 版：{zh}", editions.join("、"));
        en = format!("edition {}: {en}", editions.join(", "));
    }
    if let [Some(milder_zh), Some(milder)] = Language::ALL.map(|language| rule.milder(language)) {
        zh += &format!("（{milder_zh}）");
        en += &format!(" ({milder})");
    }
    [zh, en]
}

// ---- Files ---------------------------------------------------------------------------------------

fn read(root: &Path, name: &str) -> Result<String, Faults> {
    std::fs::read_to_string(root.join(name)).map_err(|error| vec![format!("{name}: {error}")])
}

/// Every file below a folder, by its path in the repository.
fn below(root: &Path, folder: &str, names: &mut Vec<String>) -> Result<(), Faults> {
    let fault = |error: std::io::Error| vec![format!("{folder}: {error}")];
    if !root.join(folder).exists() {
        return Ok(());
    }
    for entry in std::fs::read_dir(root.join(folder)).map_err(fault)? {
        let entry = entry.map_err(fault)?;
        let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
        match entry.path().is_dir() {
            true => below(root, &name, names)?,
            false => names.push(name),
        }
    }
    Ok(())
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("strings and integers are always JSON")
}

fn sha256(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}
