//! What reading and checking costs, on a really published report, against the bare cost in the same run.

mod bare;

use std::hint::black_box;

use criterion::{Criterion, criterion_main};
use ogi_report::{AnnualReport, PublishedReport, read};

const PAGE: &str = include_str!("../examples/data/department-2024.txt");

/// The page with nothing left to part the cells of its tables.
fn glued() -> String {
    let (head, rest) = PAGE.split_once("二、主动公开").unwrap();
    let (tables, tail) = rest.split_once("五、存在").unwrap();
    format!("{head}二、主动公开{}\n五、存在{tail}", tables.split_whitespace().collect::<String>())
}

/// The page, lengthened with prose to 4,000 characters, what most reports have.
fn long() -> String {
    let (head, rest) = PAGE.split_once("二、主动公开").unwrap();
    let missing = 4000 - PAGE.chars().count() - 1;
    let prose: String = "栏目按季度核对，目录随文件更新，网站与公报同时公布。".chars().cycle().take(missing).collect();
    format!("{head}{prose}\n二、主动公开{rest}")
}

fn report(c: &mut Criterion) {
    let published = read::text(PAGE).unwrap();
    let report = published.accept().unwrap();
    let json = report.to_json();
    let parts = report.to_parts().unwrap();

    c.bench_function("text: read a page", |b| b.iter(|| read::text(black_box(PAGE)).unwrap()));
    let long = long();
    c.bench_function("text: read a page of 4,000 characters", |b| b.iter(|| read::text(black_box(&long)).unwrap()));
    let glued = glued();
    let open = |report: &PublishedReport| report.cells().filter(|(_, cell)| cell.number().is_none()).count();
    println!("cells run together: {} of 200 open", open(&read::text(&glued).unwrap()));
    c.bench_function("text: read a page whose cells ran together", |b| {
        b.iter(|| read::text(black_box(&glued)).unwrap());
    });
    c.bench_function("memory: check all arithmetic", |b| b.iter(|| assert!(black_box(&published).arithmetic_holds())));
    c.bench_function("memory: check every rule", |b| {
        b.iter(|| assert_eq!(black_box(&published).check().findings.len(), 1));
    });
    c.bench_function("memory: build from parts", |b| {
        b.iter_batched(|| parts.clone(), |parts| AnnualReport::new(parts).unwrap(), criterion::BatchSize::SmallInput);
    });
    // The limits: 50 µs for one wrong figure, 5 ms for three, 50 ms for whatever there is.
    let cells = |table: &str| {
        published.cells().map(|(entry, _)| entry.cell()).filter(|cell| cell.path().starts_with(table)).collect()
    };
    let requests: Vec<ogi_report::Cell> = cells("requests.");
    for slips in [1, 3, 6] {
        for blanks in [0, 10, 40, 80] {
            let mut report = published.clone();
            let mut print = |at: usize, printed: &str| {
                report.set(requests[at % requests.len()], ogi_report::PublishedCell::read(printed)).unwrap();
            };
            // Of every row and column some: both steps are prime to the number of cells.
            (0..blanks).for_each(|number| print(number * 37, ""));
            (0..slips).for_each(|number| print(5 + number * 23, "777"));
            c.bench_function(&format!("repair: {slips} wrong, {blanks} blank"), |b| {
                b.iter(|| assert!(!black_box(&report).repair().is_empty()));
            });
        }
    }
    let mut group = c.benchmark_group("json");
    group.bench_function("bare serde_json into structs of the same keys", |b| {
        b.iter(|| serde_json::from_slice::<bare::Report>(black_box(json.as_bytes())).unwrap());
    });
    group.bench_function("read and check", |b| b.iter(|| AnnualReport::from_json(black_box(json.as_bytes())).unwrap()));
    let document = published.to_json();
    group.bench_function("read the published report", |b| {
        b.iter(|| PublishedReport::from_json(black_box(document.as_bytes())).unwrap());
    });
    group.finish();
}

mod group {
    use std::time::Duration;

    use criterion::{Criterion, criterion_group};

    criterion_group! {
        name = benches;
        config = Criterion::default().sample_size(40).warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(2));
        targets = super::report
    }
}

criterion_main!(group::benches);
