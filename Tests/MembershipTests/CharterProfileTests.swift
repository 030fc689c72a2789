import Foundation
import Membership
import Testing

@Suite("The charter to start from")
struct CharterProfileTests {
    @Test("certs/profiles/charter.json passes the checks, and reads the same when written again")
    func profile() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "certs/profiles/charter.json")
        let charter = try Charter(json: Array(Data(contentsOf: file)))
        #expect(charter.intervals.bookMaxAge == .seconds(7 * 86_400))
        #expect(try Charter(json: charter.encoded()).encoded() == charter.encoded())
    }
}
