//! Laying out a report as text: the cells as CSV, the three tables as in the form, a summary for people.

use crate::finding::Checked;
use crate::published::PublishedReport;

impl PublishedReport {
    /// Every cell of the layout as CSV: `path,printed,value,status,source`, in the form's order.
    pub fn to_cells_csv(&self) -> String {
        String::new()
    }

    /// Who and when, the three tables laid out as in the form, then the findings in Chinese.
    pub fn summary(&self, _checked: &Checked) -> String {
        String::new()
    }
}
