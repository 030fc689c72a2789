import TUF
import Testing

@Suite("Files that are fetched first and taken then")
struct FetchedFilesTests {
    private struct Source: RepositorySource {
        func file(_ name: String, bytesMax: Int) async throws(UpdateFault) -> [UInt8]? {
            switch name {
            case "there": [1, 2, 3]
            case "absent": nil
            default: throw .tooLarge
            }
        }
    }

    @Test("are given again as they were, without the source")
    func replay() async throws {
        let fetched = FetchedFiles(Source())
        #expect(try await fetched.file("there", bytesMax: 3) == [1, 2, 3])
        #expect(try await fetched.file("absent", bytesMax: 3) == nil)
        await #expect(throws: UpdateFault.tooLarge) {
            try await fetched.file("large", bytesMax: 3)
        }
        let replay = fetched.replay
        #expect(try await replay.file("there", bytesMax: 3) == [1, 2, 3])
        #expect(try await replay.file("absent", bytesMax: 3) == nil)
        await #expect(throws: UpdateFault.tooLarge) {
            try await replay.file("large", bytesMax: 3)
        }
        await #expect(throws: UpdateFault.tooLarge) { try await replay.file("there", bytesMax: 2) }
    }

    @Test("what was not fetched in time is missing, not absent")
    func missing() async throws {
        let fetched = FetchedFiles(Source())
        await #expect(throws: UpdateFault.unreachable) {
            try await fetched.replay.file("there", bytesMax: 3)
        }
    }
}
