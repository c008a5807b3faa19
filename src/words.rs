//! What the prose says, against the tables: counts, denials, sums inside a sentence, percentages.
//!
//! Words are read with what they are known to mean, and a statement is wrong only if it fits none of its meanings. What is
//! not exact (近300件, 18万余条), is about another year, about a channel or about an office alone, is left alone.

use crate::form::{Cell, Cells, Entry, Form};
use crate::narrative::Section;
use crate::published::{PublishedCell, PublishedReport, Scope};

/// A statement of the prose that was compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Statement {
    /// The section it stands in.
    pub section: Section,
    /// The sentence, without white space.
    pub sentence: String,
    /// What it says: 258件, 33.9%, 未收到申请.
    pub stated: String,
    /// What it can mean by that, with the value of each meaning.
    pub meanings: Vec<(String, String)>,
    /// The cells of the first meaning.
    pub cells: Vec<Cell>,
    /// Whether one of them fits.
    pub fits: bool,
}

// ---- Sentences -----------------------------------------------------------------------------------

/// The sentences of sections one, five and six, without white space.
fn sentences(report: &PublishedReport) -> Vec<(Section, Vec<char>)> {
    let sections = [
        (Section::Overview, report.overview.as_ref().map(|section| &section.parts)),
        (Section::Problems, report.problems.as_ref().map(|section| &section.parts)),
        (Section::OtherMatters, report.other_matters.as_ref().map(|section| &section.parts)),
    ];
    let mut sentences = Vec::new();
    let parts =
        sections.into_iter().flat_map(|(section, parts)| parts.into_iter().flatten().map(move |part| (section, part)));
    for (section, part) in parts {
        let characters = part.text.chars().filter(|c| !c.is_whitespace()).map(folded);
        let mut sentence: Vec<char> = Vec::new();
        for c in characters {
            sentence.push(c);
            if matches!(c, '。' | '；' | '！' | '？' | ';') {
                sentences.push((section, std::mem::take(&mut sentence)));
            }
        }
        sentences.push((section, sentence));
    }
    // No sentence that compares figures is longer; what a tool ran together is no sentence.
    sentences.retain(|(_, sentence)| !sentence.is_empty() && sentence.len() <= 1000);
    sentences
}

/// Full-width digits, commas and percent signs in their half-width form.
fn folded(c: char) -> char {
    match c {
        '０'..='９' | '％' | '．' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// A number of a sentence with the word that counts it.
#[derive(Clone, Debug)]
struct Figure {
    /// Where the number begins, and where what counts it ends.
    start: usize,
    end: usize,
    value: i64,
    /// As printed, with its counter.
    printed: String,
    counter: char,
    /// Whether nothing before or after it says "about".
    exact: bool,
}

/// The whole numbers of a sentence that count something.
fn figures(sentence: &[char]) -> Vec<Figure> {
    let mut figures = Vec::new();
    let mut at = 0;
    while at < sentence.len() {
        let Some((value, end)) = number(sentence, at) else {
            at += 1;
            continue;
        };
        let start = std::mem::replace(&mut at, end);
        let rough = matches!(sentence.get(end), Some('余' | '多' | '万' | '亿' | '几' | '来'));
        let Some(&counter) = sentence.get(end).filter(|c| matches!(c, '件' | '条' | '份' | '宗' | '次' | '个' | '篇'))
        else {
            continue;
        };
        let before: String = sentence[start.saturating_sub(2)..start].iter().collect();
        let about = ["近", "约", "超", "逾", "超过", "不足", "第"].iter().any(|word| before.ends_with(word));
        let decimal = start > 0 && matches!(sentence[start - 1], '.' | '-' | '〔' | '第');
        figures.push(Figure {
            start,
            end: end + 1,
            value,
            printed: sentence[start..=end].iter().collect(),
            counter,
            exact: !rough && !about && !decimal,
        });
    }
    figures
}

/// The whole number that begins here: digits, perhaps with separators, or Chinese numerals.
fn number(sentence: &[char], at: usize) -> Option<(i64, usize)> {
    let before = at.checked_sub(1).map(|before| sentence[before]);
    let is_digit = |c: &char| c.is_ascii_digit();
    if sentence[at].is_ascii_digit() {
        if before.is_some_and(|c| c.is_ascii_digit() || c == '.') {
            return None;
        }
        let mut end = at;
        while sentence.get(end).is_some_and(is_digit)
            || sentence.get(end) == Some(&',')
                && sentence.get(end + 1..end + 4).is_some_and(|three| three.iter().all(|c| c.is_ascii_digit()))
        {
            end += 1;
        }
        // A decimal counts nothing.
        if sentence.get(end) == Some(&'.') && sentence.get(end + 1).is_some_and(is_digit) {
            return None;
        }
        let digits: String = sentence[at..end].iter().filter(|c| **c != ',').collect();
        return Some((
            digits.parse().ok().filter(|value: &i64| value.unsigned_abs() <= crate::number::LARGEST_COUNT)?,
            end,
        ));
    }
    let is_numeral = |c: &char| "零〇一二两三四五六七八九十百千".contains(*c);
    if !is_numeral(&sentence[at]) || before.is_some_and(|c| is_numeral(&c)) {
        return None;
    }
    let end = (at..sentence.len()).find(|end| !is_numeral(&sentence[*end])).unwrap_or(sentence.len());
    Some((chinese(&sentence[at..end])?, end))
}

/// 一百二十三 → 123, 十二 → 12, 二〇 → 20.
fn chinese(numeral: &[char]) -> Option<i64> {
    let digit = |c: char| "零一二三四五六七八九".chars().position(|of| of == c).map(|digit| digit as i64);
    let digit = |c: char| match c {
        '〇' => Some(0),
        '两' => Some(2),
        _ => digit(c),
    };
    if numeral.len() > 9 {
        return None;
    }
    if numeral.iter().all(|c| digit(*c).is_some()) {
        return numeral.iter().try_fold(0, |value, c| Some(value * 10 + digit(*c)?));
    }
    let (mut sum, mut pending) = (0, None);
    for c in numeral {
        let unit = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            _ => {
                pending = digit(*c);
                continue;
            }
        };
        sum += pending.take().unwrap_or(1).max(1) * unit;
    }
    Some(sum + pending.unwrap_or(0))
}

// ---- Meanings ------------------------------------------------------------------------------------

/// A sum of cells, some of them taken away.
struct Meaning {
    name: &'static str,
    plus: Vec<Cell>,
    minus: Vec<Cell>,
}

/// A word before a figure, and what it can mean.
struct Word {
    words: &'static [&'static str],
    meanings: Vec<Meaning>,
    /// Whether the clause must speak of requests.
    of_requests: bool,
}

fn words(form: &Form<Cells>) -> Vec<Word> {
    let requests = &form.requests;
    let outcomes = &requests.outcomes;
    let proceedings = &form.proceedings;
    let [direct, after] =
        [&proceedings.litigation.direct, &proceedings.litigation.after_reconsideration].map(|of| of.total);
    let cells = |part: &dyn Fn() -> Vec<Cell>| part().into_iter().filter(|cell| is_total(*cell)).collect::<Vec<Cell>>();
    let sum = |name, plus: Vec<Cell>| Meaning { name, plus, minus: vec![] };
    let received = || sum("本年新收", vec![requests.received.total]);
    let handled = || sum("本年新收与上年结转之和", vec![requests.received.total, requests.carried_in.total]);
    let finished = || sum("办理结果总计", vec![outcomes.total.total]);
    let finished_of_year = || Meaning {
        name: "办理结果总计减上年结转",
        plus: vec![outcomes.total.total],
        minus: vec![requests.carried_in.total],
    };
    let disclosed = outcomes.disclosed.total;
    let partially = outcomes.partially_disclosed.total;
    let word = |words, meanings| Word { words, meanings, of_requests: true };
    let group = |words, meanings| Word { words, meanings, of_requests: false };
    vec![
        word(&["新收"], vec![received()]),
        word(&["收办"], vec![handled()]),
        word(&["收到", "接到", "受理", "接收"], vec![received(), handled()]),
        word(&["办结", "答复", "办理", "办复"], vec![finished(), finished_of_year(), received(), handled()]),
        group(&["上年结转", "上年度结转", "上一年度结转"], vec![sum("上年结转", vec![requests.carried_in.total])]),
        group(
            &["予以公开及部分公开", "予以公开和部分公开", "公开及部分公开", "公开和部分公开"],
            vec![sum("予以公开与部分公开之和", vec![disclosed, partially])],
        ),
        group(&["部分公开"], vec![sum("部分公开", vec![partially])]),
        group(&["不予公开"], vec![sum("不予公开", cells(&|| crate::requests::cells(&outcomes.withheld)))]),
        group(
            &["予以公开", "同意公开"],
            vec![sum("予以公开", vec![disclosed]), sum("予以公开与部分公开之和", vec![disclosed, partially])],
        ),
        group(&["无法提供"], vec![sum("无法提供", cells(&|| crate::requests::cells(&outcomes.unavailable)))]),
        group(&["行政复议", "行政复议案件"], vec![sum("行政复议", vec![proceedings.reconsideration.total])]),
        group(
            &["行政诉讼", "诉讼", "行政诉讼案件"],
            vec![
                sum("行政诉讼", vec![direct, after]),
                sum("未经复议直接起诉", vec![direct]),
                sum("复议后起诉", vec![after]),
            ],
        ),
        group(
            &["自然人", "自然人申请", "公民"],
            vec![
                sum("自然人，本年新收", vec![requests.received.natural_person]),
                sum(
                    "自然人，本年新收与上年结转之和",
                    vec![requests.received.natural_person, requests.carried_in.natural_person],
                ),
                sum("自然人，办理结果总计", vec![outcomes.total.natural_person]),
            ],
        ),
        group(&["不予处理"], vec![sum("不予处理", cells(&|| crate::requests::cells(&outcomes.not_processed)))]),
    ]
}

fn is_total(cell: Cell) -> bool {
    cell.path().ends_with(".total")
}

/// What the tables have for a meaning: a count, or the least that it can be where cells are blank.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Known {
    count: i64,
    complete: bool,
}

impl Meaning {
    fn value(&self, report: &PublishedReport) -> Option<Known> {
        let sum = |cells: &[Cell]| {
            cells.iter().try_fold(Known { count: 0, complete: true }, |sum, cell| {
                let of_cell = total(report, *cell)?;
                let count = sum.count.checked_add(of_cell.count)?;
                Some(Known { count, complete: sum.complete && of_cell.complete })
            })
        };
        let (plus, minus) = (sum(&self.plus)?, sum(&self.minus)?);
        // What is taken away must be known in full.
        minus.complete.then_some(Known { count: plus.count - minus.count, complete: plus.complete })
    }
}

/// The count of a total; where none is printed, what its row comes to as far as it is filled in.
fn total(report: &PublishedReport, cell: Cell) -> Option<Known> {
    let count = |cell: Cell| report.get(cell).and_then(PublishedCell::count);
    if let Some(count) = count(cell) {
        return Some(Known { count, complete: true });
    }
    let (row, _) = cell.path().rsplit_once('.').filter(|(_, column)| *column == "total")?;
    let in_row = |entry: &&Entry| entry.path().rsplit_once('.').is_some_and(|(of, _)| of == row);
    let parts: Vec<Option<i64>> = report
        .layout()
        .cells()
        .iter()
        .filter(in_row)
        .filter(|entry| entry.cell() != cell)
        .map(|entry| count(entry.cell()))
        .collect();
    let count = parts.iter().flatten().try_fold(0_i64, |sum, count| sum.checked_add(*count))?;
    Some(Known { count, complete: parts.iter().all(Option::is_some) })
}

/// The statement that a figure is one of these; `None` where the tables cannot tell.
fn compared(
    report: &PublishedReport,
    section: Section,
    sentence: &[char],
    figure: &Figure,
    meanings: &[Meaning],
) -> Option<Statement> {
    let known: Vec<(&Meaning, Known)> =
        meanings.iter().map(|meaning| Some((meaning, meaning.value(report)?))).collect::<Option<_>>()?;
    let fits = known.iter().any(|(_, known)| known.complete && known.count == figure.value);
    // Blank cells could make up for the difference.
    if !fits && known.iter().any(|(_, known)| !known.complete && known.count <= figure.value) {
        return None;
    }
    let value = |known: &Known| if known.complete { known.count.to_string() } else { format!("≥ {}", known.count) };
    Some(Statement {
        section,
        sentence: sentence.iter().collect(),
        stated: figure.printed.clone(),
        meanings: known.iter().map(|(meaning, known)| (meaning.name.to_owned(), value(known))).collect(),
        cells: known.first()?.0.plus.clone(),
        fits,
    })
}

// ---- Counts --------------------------------------------------------------------------------------

/// What stands between a word and its figure without changing what it counts.
const FILLERS: &str = "政府信息公开申请依的为共计了有答复本年度全总数量：“”\"";
/// A clause with one of these speaks of a part, of another matter, or of another time.
const APART: [&str; 45] = [
    "线上",
    "线下",
    "网上",
    "网络",
    "平台",
    "网站",
    "信函",
    "邮件",
    "邮寄",
    "当面",
    "当场",
    "现场",
    "传真",
    "书面",
    "窗口",
    "电话",
    "其中",
    "累计",
    "以来",
    "去年",
    "同期",
    "同比",
    "增长",
    "下降",
    "主动",
    "微信",
    "微博",
    "建议",
    "提案",
    "热线",
    "咨询",
    "信箱",
    "来信",
    "举报",
    "备案",
    "办公室",
    "本机关收",
    "本机关共",
    "部门",
    "街道",
    "各",
    "另",
    "剩余",
    "预",
    "评议",
];

/// Counts of requests and of their outcomes.
pub(crate) fn counts(report: &PublishedReport) -> Vec<Statement> {
    let words = words(Form::cells(report.layout()));
    let mut found = Vec::new();
    for (section, sentence) in sentences(report) {
        for figure in figures(&sentence).iter().filter(|figure| is_of_requests(figure)) {
            let clause = clause_before(&sentence, figure.start);
            if apart(report, &sentence.iter().collect::<String>(), &clause) {
                continue;
            }
            let after: String = sentence[figure.end..(figure.end + 4).min(sentence.len())].iter().collect();
            let topic = clause.contains("申请") || after.starts_with("申请") || after.starts_with("政府信息");
            if let Some(word) = word_of(&words, clause.as_str()).filter(|word| topic || !word.of_requests) {
                found.extend(compared(report, section, &sentence, figure, &word.meanings));
            }
        }
    }
    found
}

fn is_of_requests(figure: &Figure) -> bool {
    figure.exact && matches!(figure.counter, '件' | '份' | '宗')
}

/// What stands before a figure in its clause.
fn clause_before(sentence: &[char], start: usize) -> String {
    let begin =
        sentence[..start].iter().rposition(|c| matches!(c, '，' | ',' | '。' | '（' | '(' | '）' | ')' | '：' | '、'));
    sentence[begin.map_or(0, |begin| begin + 1)..start].iter().collect()
}

fn apart(report: &PublishedReport, sentence: &str, clause: &str) -> bool {
    let other_year = sentence.match_indices('年').any(|(at, _)| {
        let digits: String = sentence[..at].chars().rev().take_while(char::is_ascii_digit).collect();
        let year: String = digits.chars().rev().collect();
        year.len() == 4 && report.year.is_none_or(|of| of.to_string() != year)
    });
    // An office that speaks of itself in the report of a region.
    let office = report.scope == Scope::Regional && sentence.contains("办公室");
    other_year || office || APART.iter().any(|word| clause.contains(word))
}

/// The word that the clause ends with, but for what changes nothing. An outcome says more than a verb after it, 同意公开答复,
/// and a longer word more than one in it.
fn word_of<'w>(words: &'w [Word], clause: &str) -> Option<&'w Word> {
    let ends = |word: &&&str| {
        clause.rfind(**word).is_some_and(|at| {
            let between = &clause[at + word.len()..];
            between.chars().count() <= 16 && between.chars().all(|c| FILLERS.contains(c))
        })
    };
    let found = words.iter().filter_map(|word| Some((word.words.iter().filter(ends).map(|of| of.len()).max()?, word)));
    found.max_by_key(|(length, word)| (!word.of_requests, *length)).map(|(_, word)| word)
}

// ---- Denials -------------------------------------------------------------------------------------

/// A word that denies, what it can deny, and the cells that are 0 then.
struct Denial {
    denials: &'static [&'static str],
    subjects: &'static [&'static str],
    name: &'static str,
    cells: Vec<Cell>,
}

/// 未收到申请, 未发生行政复议, 无结转: against cells that are not 0.
pub(crate) fn denials(report: &PublishedReport) -> Vec<Statement> {
    let form = Form::cells(report.layout());
    let proceedings = &form.proceedings;
    let litigation = vec![proceedings.litigation.direct.total, proceedings.litigation.after_reconsideration.total];
    let never: &[&str] = &["未发生", "没有发生", "未出现"];
    let denied = [
        Denial {
            denials: &["未收到", "没有收到", "未接到"],
            subjects: &["政府信息公开申请", "依申请公开申请", "公开申请"],
            name: "本年新收",
            cells: vec![form.requests.received.total],
        },
        Denial {
            denials: never,
            subjects: &["行政复议"],
            name: "行政复议",
            cells: vec![proceedings.reconsideration.total],
        },
        Denial { denials: never, subjects: &["行政诉讼"], name: "行政诉讼", cells: litigation },
        Denial {
            denials: &["无", "没有"],
            subjects: &["结转下年", "结转下一年", "结转至下年"],
            name: "结转下年度",
            cells: vec![form.requests.carried_out.total],
        },
    ];
    let mut found = Vec::new();
    for (section, characters) in sentences(report) {
        let sentence: String = characters.iter().collect();
        for clause in sentence.split(['，', ',', '。', '；', ';']) {
            if apart(report, &sentence, clause) || clause.chars().any(|c| c.is_ascii_digit()) || clause.contains('被')
            {
                continue;
            }
            for Denial { denials, subjects, name, cells } in &denied {
                let denies = denials.iter().any(|denial| {
                    clause.find(denial).is_some_and(|at| {
                        let rest = &clause[at + denial.len()..];
                        subjects.iter().any(|subject| {
                            // 行政复议被纠正 is another matter than 行政复议.
                            rest.find(subject).is_some_and(|at| at <= 30 * 3)
                                && !["纠正", "败诉", "撤销", "投诉", "举报", "错误", "超期", "逾期"]
                                    .iter()
                                    .any(|word| rest.contains(word))
                        })
                    })
                });
                if !denies {
                    continue;
                }
                let meaning = Meaning { name, plus: cells.clone(), minus: vec![] };
                let known = meaning.value(report).filter(|known| known.complete || known.count > 0);
                let Some(Known { count, .. }) = known else {
                    continue;
                };
                found.push(Statement {
                    section,
                    sentence: sentence.clone(),
                    stated: clause.to_owned(),
                    meanings: vec![((*name).to_owned(), count.to_string())],
                    cells: cells.clone(),
                    fits: count == 0,
                });
            }
        }
    }
    found
}

// ---- Sums ----------------------------------------------------------------------------------------

/// 主动公开1116条，其中：…54条，…72条: parts that come to more than the whole, or that end with the rest and do not
/// come to it.
pub(crate) fn sums(report: &PublishedReport) -> Vec<Statement> {
    let mut found = Vec::new();
    for (section, sentence) in sentences(report) {
        let text: String = sentence.iter().collect();
        let at: Vec<usize> = (0..sentence.len()).filter(|at| sentence[*at..].starts_with(&['其', '中'])).collect();
        let [at] = at.as_slice() else { continue };
        let figures = figures(&sentence);
        let Some(whole) = figures.iter().rfind(|figure| figure.end <= *at).filter(|whole| whole.exact) else {
            continue;
        };
        // What stands in the bracket is about the whole, what stands behind it no longer.
        let open = sentence[..*at].iter().rev().find(|c| matches!(c, '（' | '(' | '）' | ')'));
        let end = match open {
            Some('（' | '(') => sentence[*at..].iter().position(|c| matches!(c, '）' | ')')).map(|end| at + end),
            _ => None,
        };
        let end = end.unwrap_or(sentence.len());
        let parts: Vec<&Figure> = figures
            .iter()
            .filter(|figure| figure.start > *at && figure.end <= end && figure.counter == whole.counter)
            .collect();
        if parts.len() < 2 || parts.iter().any(|part| !part.exact || part.value > whole.value) {
            continue;
        }
        let sum: i64 = parts.iter().map(|part| part.value).fold(0, i64::saturating_add);
        let last = clause_before(&sentence, parts[parts.len() - 1].start);
        let exhaustive = last.starts_with("其他") || last.starts_with("其它");
        found.push(Statement {
            section,
            sentence: text,
            stated: whole.printed.clone(),
            meanings: vec![("所列各项之和".to_owned(), sum.to_string())],
            cells: vec![],
            fits: if exhaustive { sum == whole.value } else { sum <= whole.value },
        });
    }
    found
}

// ---- Percentages ---------------------------------------------------------------------------------

/// 予以公开258件，占33.9%: the share of a figure, in whatever whole the sentence or the table has.
pub(crate) fn percentages(report: &PublishedReport) -> Vec<Statement> {
    let form = Form::cells(report.layout());
    let words = words(form);
    let totals = [
        vec![form.requests.received.total],
        vec![form.requests.received.total, form.requests.carried_in.total],
        vec![form.requests.outcomes.total.total],
    ];
    let totals: Vec<i64> = totals
        .into_iter()
        .filter_map(|plus| Meaning { name: "", plus, minus: vec![] }.value(report))
        .filter(|known| known.complete && known.count > 0)
        .map(|known| known.count)
        .collect();
    let mut stated: Vec<i64> = Vec::new();
    let mut found = Vec::new();
    for (section, sentence) in sentences(report) {
        let text: String = sentence.iter().collect();
        let figures = figures(&sentence);
        for figure in figures.iter().filter(|figure| is_of_requests(figure)) {
            let clause = clause_before(&sentence, figure.start);
            let of_requests = word_of(&words, &clause).is_some() && !apart(report, &text, &clause);
            let share = of_requests.then(|| share_after(&sentence[figure.end..])).flatten();
            if let Some((printed, value, decimals)) = share {
                let wholes: Vec<i64> = totals
                    .iter()
                    .chain(&stated)
                    .chain(figures.iter().map(|of| &of.value))
                    .copied()
                    .filter(|whole| *whole >= figure.value && *whole > 0)
                    .collect();
                let mut meanings: Vec<(String, String)> = totals
                    .iter()
                    .map(|whole| (format!("{}/{whole}", figure.value), share_of(figure.value, *whole, decimals)))
                    .collect();
                meanings.dedup();
                found.push(Statement {
                    section,
                    sentence: text.clone(),
                    stated: printed,
                    meanings,
                    cells: vec![],
                    fits: wholes.iter().any(|whole| is_share(figure.value, *whole, value, decimals)),
                });
            }
            stated.push(figure.value);
        }
    }
    found
}

/// The percentage that says what share the figure before it is: as printed, in units of its last digit, its decimals.
fn share_after(rest: &[char]) -> Option<(String, i128, u32)> {
    let text: String = rest.iter().take(24).collect();
    let after = text.strip_prefix(['，', ',', '（', '(']).unwrap_or(&text);
    let after = after.strip_prefix("占")?;
    let digits = after.find(|c: char| c.is_ascii_digit())?;
    let filler = |c: char| "比总数量的为申请办结答复全部：".contains(c);
    if !after[..digits].chars().all(filler) {
        return None;
    }
    let (number, _) = after[digits..].split_once('%')?;
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if number.len() > 8 || !whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let value = format!("{whole}{fraction}").parse().ok()?;
    // A few digits.
    Some((format!("{number}%"), value, fraction.len() as u32))
}

/// Whether `part` of `whole` is so many units of the last digit, rounded or cut off.
fn is_share(part: i64, whole: i64, value: i128, decimals: u32) -> bool {
    let (part, whole) = (i128::from(part), i128::from(whole));
    let scaled = part * 100 * 10_i128.pow(decimals);
    let rounded = (value * whole * 2 - scaled * 2).abs() <= whole;
    rounded || scaled / whole == value
}

fn share_of(part: i64, whole: i64, decimals: u32) -> String {
    let unit = 10_i128.pow(decimals);
    let scaled = (i128::from(part) * 100 * unit * 2 + i128::from(whole)) / (2 * i128::from(whole));
    if decimals == 0 {
        return format!("{scaled}%");
    }
    format!("{}.{:0width$}%", scaled / unit, scaled % unit, width = decimals as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_are_read() {
        let read = |text: &str| number(&text.chars().collect::<Vec<_>>(), 0).map(|(value, _)| value);
        for (text, value) in [
            ("22件", 22),
            ("1,234件", 1234),
            ("一百二十三件", 123),
            ("十二件", 12),
            ("二十件", 20),
            ("二〇件", 20),
            ("一千零五件", 1005),
            ("两件", 2),
        ] {
            assert_eq!(read(text), Some(value), "{text}");
        }
        assert_eq!(read("3.5件"), None);
    }

    #[test]
    fn shares_are_rounded_or_cut_off() {
        assert!(is_share(258, 805, 320, 1) && !is_share(258, 805, 339, 1));
        assert!(is_share(35, 805, 434, 2) && is_share(35, 805, 435, 2) && !is_share(35, 805, 436, 2));
        assert_eq!(share_of(258, 805, 1), "32.0%");
    }
}
