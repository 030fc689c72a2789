import Foundation
import RiskStandard
import Testing

@testable import Book

/// Holds `protocol/book.md` to the code.
@Suite("The page about the book")
struct DocumentationTests {
    private static let page: String? = {
        let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let file = root.appendingPathComponent("protocol/book.md")
        return try? String(contentsOf: file, encoding: .utf8)
    }()

    @Test("names every reject code, every field and every word of the closed lists")
    func words() throws {
        let page = try #require(Self.page)
        let fields = Field.allCases.filter { $0 != .letter }.map(\.rawValue)
        let terms =
            AccountRole.allCases.map(\.rawValue) + AccountKind.allCases.map(\.rawValue)
            + AccountStatus.allCases.map(\.rawValue) + DisputeKind.allCases.map(\.rawValue)
            + SubjectStatus.allCases.map(\.rawValue) + SubjectKind.allCases.map(\.rawValue)
        for word in RejectCode.allCases.map(\.rawValue) + fields + terms {
            #expect(page.contains("`\(word)`"), "\(word)")
        }
        for format in DateFormat.allCases.map(\.rawValue) + AmountUnit.allCases.map(\.rawValue) {
            #expect(page.contains(format), "\(format)")
        }
        #expect(
            page.contains(
                LoanFacts.daysPastDueMax.formatted(.number.locale(.init(identifier: "en_US")))))
    }

    @Test("its examples make a mapping that is accepted")
    func examples() throws {
        let page = try #require(Self.page)
        let blocks = page.components(separatedBy: "```yaml\n").dropFirst().compactMap {
            $0.components(separatedBy: "```").first
        }
        try #require(blocks.count == 7)
        // Head, constants, columns, skip and rules go together with a wide history; periods bring
        // rules of their own.
        let wide = blocks[0...5].joined(separator: "\n")
        #expect(try ColumnMapping(yaml: Array(wide.utf8)).rules.count == 1)
        let long = (blocks[0...3] + [blocks[6]]).joined(separator: "\n")
        #expect(try ColumnMapping(yaml: Array(long.utf8)).rules[0].isLasting)
    }
}
