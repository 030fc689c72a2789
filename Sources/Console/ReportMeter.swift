import CoreMetrics
import Exchange

/// Counts what the lender's own people asked, and how each lender stood then: by words and codes of
/// closed lists, never by whom or about whom.
struct ReportMeter: Sendable {
    let factory: any MetricsFactory

    /// Counts one report.
    func count(_ report: Report) {
        Counter(
            label: "creditmesh_reports_total",
            dimensions: [("complete", report.isComplete ? "true" : "false")], factory: factory
        ).increment()
        for line in report.members {
            Counter(
                label: "creditmesh_report_outcomes_total",
                dimensions: [
                    ("outcome", line.outcome.word), ("code", line.outcome.code ?? ""),
                ], factory: factory
            ).increment()
        }
    }
}
