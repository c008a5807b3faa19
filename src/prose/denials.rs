//! What the prose denies: 未收到申请, 未发生行政复议, 无结转, 没有不予公开的情形.

use std::ops::Range;

use super::context::{FILLERS, is_carried_in, is_carried_out, is_of_other_time, of_other_bodies};
use super::sentence::{COMMAS, Sentence};
use super::statement::{Saying, Statement};
use super::subject::Subject;
use super::sum::{Known, Sum};
use super::words::{Class, Hit, Kind, List, words};
use crate::form::Layout;
use crate::published::PublishedReport;
use crate::text::contains_any;

/// How many clauses of a sentence are looked into; no sentence denies as much.
const MOST: usize = 50;

/// What is denied, against cells that are not 0.
pub(crate) fn denials(report: &PublishedReport, sentences: &[Sentence<'_>]) -> Vec<Statement> {
    let mut found = Vec::new();
    let mut other_time = false;
    for (number, sentence) in sentences.iter().enumerate().filter(|(_, sentence)| sentence.section.is_some()) {
        other_time &= sentence.goes_on;
        if !sentence.says_any(&[List::Never]) && sentences.get(number + 1).is_none_or(|next| !next.goes_on) {
            continue;
        }
        let excepted = sentence.text.contains('除') && sentence.text.contains('外');
        let mut before = "";
        for (number, clause) in sentence.text.split(COMMAS).enumerate() {
            let start = clause.as_ptr() as usize - sentence.text.as_ptr() as usize;
            let heading = std::mem::replace(&mut before, clause);
            let range = start..start + clause.len();
            other_time = is_of_other_time(report, sentence, range.clone()).unwrap_or(other_time);
            if other_time || excepted || number >= MOST {
                continue;
            }
            let Some(denial) = Denial::of(report, sentence, range.clone(), heading) else { continue };
            let of_last_year =
                sentence.has(range.clone(), Class::LastYear) && !sentence.has(range.clone(), Class::Carry);
            let apart = sentence.says(&[List::DeniedOtherwise], range.clone())
                || of_last_year
                || sentence.text[..range.end].contains("复议机关")
                || sentence.has(range.clone(), Class::Comparison)
                || of_other_bodies(report, sentence, range.clone(), range.end);
            if apart {
                continue;
            }
            for denied in denial.meanings(report.layout()) {
                let known = denied.value(report).filter(|known| known.complete || known.count > 0);
                let Some(known) = known else { continue };
                let (stated, meanings) =
                    (denial.stated.to_owned(), vec![denied.meaning(Known { complete: true, ..known })]);
                found.push(sentence.statement(Saying::Denials, stated, meanings, known.count == 0));
            }
        }
    }
    found
}

/// What a clause denies: a word that denies, and what follows it.
struct Denial<'s> {
    report: &'s PublishedReport,
    sentence: &'s Sentence<'s>,
    /// From the word that denies.
    stated: &'s str,
    /// Where its clause is.
    clause: Range<usize>,
    /// What follows the word.
    rest: Range<usize>,
    /// Whether it denies that something came.
    came: bool,
    /// The clause before, where the denial is all of its own: 依申请公开情况：无.
    heading: Option<&'s str>,
}

impl<'s> Denial<'s> {
    fn of(
        report: &'s PublishedReport,
        sentence: &'s Sentence<'_>,
        clause: Range<usize>,
        heading: &'s str,
    ) -> Option<Denial<'s>> {
        let text = &sentence.text[clause.clone()];
        let word = words().denial(text)?;
        let rest = clause.start + word.end..clause.end;
        let denies = &text[word.clone()];
        let is_far = matches!(denies, "无" | "零") && word.start > 30;
        // 零复议, not 零星.
        let is_noun = denies != "零" || sentence.hits_in(rest.clone()).any(|hit| hit.start == rest.start);
        if is_far || !is_noun || sentence.text[rest.clone()].chars().count() > 60 {
            return None;
        }
        let heading = (rest.is_empty() && word.start == 0).then_some(heading);
        let came = words().list(List::NothingCame).contains(&denies);
        Some(Denial { report, sentence, clause, stated: &text[word.start..], rest, came, heading })
    }

    fn text(&self) -> &'s str {
        &self.sentence.text[self.rest.clone()]
    }

    /// What the tables then have as 0.
    fn meanings(&self, layout: Layout) -> Vec<Sum> {
        let found = self.rulings(layout);
        if !found.is_empty() {
            return found;
        }
        let found = self.proceedings(layout);
        if !found.is_empty() {
            return found;
        }
        let (report, text) = (self.report, self.text());
        let clause = &self.sentence.text[self.clause.start..self.rest.end];
        let carries = self.sentence.has(self.rest.clone(), Class::Carry);
        let name = if is_carried_out(report, text) {
            (!self.came).then_some("结转下年度继续办理")
        } else if carries && is_carried_in(report, clause) {
            (!self.came).then_some("上年结转")
        } else if let Some(heading) = self.heading {
            is_all_requests(heading.trim_end_matches("情况")).then_some("本年新收")
        } else {
            is_all_requests(text).then_some("本年新收")
        };
        let named: Vec<Sum> = name.and_then(|name| words().meaning(name, layout)).into_iter().collect();
        if named.is_empty() { self.others(layout) } else { named }
    }

    /// 未发生行政复议、行政诉讼.
    fn proceedings(&self, layout: Layout) -> Vec<Sum> {
        let text = self.text();
        let of_other_matter = text.contains('因') && !contains_any(text, &["公开", "依申请"]);
        let mut found: Vec<Sum> = Vec::new();
        let by_whom = self
            .sentence
            .hits_in(self.rest.clone())
            .any(|hit| matches!(hit.class, Class::Measure(number) if words().measure(number).kind == Kind::Applicant));
        for hit in self.sentence.hits_in(self.rest.clone()).filter(|_| !of_other_matter && !by_whom) {
            let Class::Subject(subject) = hit.class else { continue };
            if subject.is_proceedings() {
                let own = words().own(subject, subject.rows(), layout).into_iter().next();
                found.extend(own.filter(|own| found.iter().all(|of| of.name != own.name)));
            }
        }
        found
    }

    /// 无尚未审结的行政复议案件.
    fn rulings(&self, layout: Layout) -> Vec<Sum> {
        let said = self.sentence.hits_in(0..self.rest.end);
        let subject = said.rev().find_map(|hit| match hit.class {
            Class::Subject(subject) if subject.is_proceedings() => Some(subject),
            _ => None,
        });
        let measure = self.measure(|kind| kind == Kind::Ruling);
        let found = subject.zip(measure).map(|(of, measure)| words().meanings_of(measure, &of.rows()[..1], layout));
        found.unwrap_or_default()
    }

    /// 未制发规范性文件, 未实施行政强制, 没有不予公开的情形.
    fn others(&self, layout: Layout) -> Vec<Sum> {
        let verb = self.sentence.hits_in(0..self.rest.start).rfind(|hit| hit.end == self.rest.start).and_then(|hit| {
            let Class::Measure(number) = hit.class else { return None };
            (words().measure(number).kind == Kind::Document).then_some(number)
        });
        let subjects = self.all(|class| match class {
            Class::Subject(subject) if subject.is_documents() || subject.is_decisions() => Some(subject),
            _ => None,
        });
        if !subjects.is_empty() {
            let of = |subject: Subject| match verb {
                Some(verb) if subject.is_documents() => words().meanings_of(verb, subject.rows(), layout),
                None if subject.is_decisions() => words().own(subject, subject.rows(), layout),
                _ => vec![],
            };
            return subjects.into_iter().flat_map(of).collect();
        }
        let named = |measures: Vec<usize>| {
            let of = |measure: usize| words().meanings_of(measure, Subject::Requests.rows(), layout).into_iter().next();
            measures.into_iter().filter_map(of).collect::<Vec<Sum>>()
        };
        let of_kind = |kinds: &'static [Kind]| {
            self.all(move |class| match class {
                Class::Measure(number) if kinds.contains(&words().measure(number).kind) => Some(number),
                _ => None,
            })
        };
        if self.came {
            return named(of_kind(&[Kind::Applicant]));
        }
        let grounds = of_kind(&[Kind::Ground]);
        named(if grounds.is_empty() { of_kind(&[Kind::Outcome]) } else { grounds })
    }

    /// All of one sort that are denied; none if anything else is said.
    fn all<T>(&self, of: impl Fn(Class) -> Option<T>) -> Vec<T> {
        let hits = || self.sentence.hits_in(self.rest.clone());
        let passes = |class: Class| match class {
            Class::Filler | Class::Subject(Subject::Requests | Subject::RequestsInShort) => true,
            Class::Measure(number) => {
                matches!(words().measure(number).kind, Kind::Outcome | Kind::Ground | Kind::Decision)
            }
            class => of(class).is_some(),
        };
        let passes = |hit: &&Hit| passes(hit.class) || of(hit.class).is_some();
        let is_plain =
            |text: &str| text.chars().all(|c| FILLERS.contains(c) || "的情形况结果类何任因、和及或者与".contains(c));
        let mut at = self.rest.start;
        for hit in hits().filter(passes) {
            if hit.start >= at {
                if !is_plain(&self.sentence.text[at..hit.start]) {
                    return vec![];
                }
                at = hit.end;
            }
        }
        if is_plain(&self.sentence.text[at..self.rest.end]) {
            hits().filter_map(|hit| of(hit.class)).collect()
        } else {
            vec![]
        }
    }

    /// The measure of such a kind that is denied, and nothing else.
    fn measure(&self, of: impl Fn(Kind) -> bool) -> Option<usize> {
        self.sentence.hits_in(self.rest.clone()).find_map(|hit| {
            let Class::Measure(number) = hit.class else { return None };
            (of(words().measure(number).kind) && self.is_plain_but(hit.start..hit.end)).then_some(number)
        })
    }

    /// Whether nothing is denied but what stands here.
    fn is_plain_but(&self, hit: Range<usize>) -> bool {
        let is_plain = |text: &str| text.chars().all(|c| FILLERS.contains(c) || "的情形况结果类何任".contains(c));
        let text = &self.sentence.text;
        is_plain(&text[self.rest.start..hit.start]) && is_plain(&text[hit.end..self.rest.end])
    }
}

/// Whether what is denied is requests of any kind, and nothing that is done with them.
fn is_all_requests(rest: &str) -> bool {
    #[rustfmt::skip]
    const REQUESTS: &[&str] = &[
        "信息公开申请", "信息公开的申请", "依申请公开", "公开申请", "申请公开", "信息公开的要求", "公开政府信息的申请",
    ];
    if !contains_any(rest, &["申请", "要求"]) {
        return false;
    }
    let rest = without_asker(rest);
    let words = REQUESTS.iter().filter_map(|word| rest.find(word).map(|at| (at, at + word.len())));
    let Some((start, end)) = words.min() else { return false };
    let is_plain = |text: &str, more: &str| text.chars().all(|c| FILLERS.contains(c) || more.contains(c));
    is_plain(&rest[..start], "任何过务等个人向机关单位我局组织法或者其他和及公民、处理")
        && is_plain(&rest[end..], "来信请求等或书的情形")
}

/// A text without what says who asked, and asked whom.
fn without_asker(text: &str) -> String {
    let mut text = text.to_owned();
    for words in words().list(List::Askers) {
        text = text.replace(words, "");
    }
    for words in ["涉及", "有关", "关于"] {
        text = text.replace(&format!("{words}政府信息公开"), "政府信息公开");
    }
    for (from, to) in [("公民", "组织"), ("个人", "组织"), ("向", "提出"), ("向", "提交"), ("向", "递交")]
    {
        if let Some(start) = text.find(from)
            && let Some(end) = text[start..].rfind(to)
        {
            text.replace_range(start..start + end + to.len(), "");
        }
    }
    text
}
