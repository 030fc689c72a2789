import Foundation
import NodeAssembly

/// What `creditmesh doctor --json` said of a home.
struct DoctorReport {
    let status: Int32
    let view: View
    let text: String

    /// Has the program look.
    static func of(_ home: NodeHome) async throws -> DoctorReport {
        let ended = try await Command.run(["doctor", "--home", home.folder.path, "--json"])
        let view = try JSONDecoder().decode(View.self, from: Data(ended.text.utf8))
        return DoctorReport(status: ended.status, view: view, text: ended.text)
    }

    struct View: Decodable {
        let findings: [Finding]
        let unseen: [String]

        var codes: [String] { findings.map(\.code) }
    }

    struct Finding: Decodable {
        let code: String
        let severity: String
        let detail: String
        let next: String
    }
}
