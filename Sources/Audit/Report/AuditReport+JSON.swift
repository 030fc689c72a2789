import Exchange
import StrictJSON

extension AuditReport {
    /// The report as JSON: every table under its name, whole.
    public var json: JSONValue {
        let head: [JSONMember] = [
            JSONMember("report", "creditmesh-audit-report-v1"),
            JSONMember("madeAt", .string(madeAt.description)),
            JSONMember("zone", .string(zone.name)),
            JSONMember("exchanges", .integer(reconciliation.exchanges)),
            JSONMember("findingCount", .integer(findingCount)),
        ]
        return .object(
            head + sections(in: .english).map { JSONMember($0.name, $0.json) })
    }

    /// Every table as a CSV file: its name and content.
    public func csvFiles(in language: ReportLanguage) -> [(name: String, text: String)] {
        sections(in: language).map { ("\($0.name).csv", $0.csv) }
    }
}
