import Foundation
import Testing

/// What a stranger made of `protocol/`, without our code, against nodes that run.
@Suite(
    "A foreign client",
    .enabled("needs python3 of 3.11 or later, with venv (Debian: python3-venv)") {
        try await PythonClient.isPossible()
    })
struct ForeignClientTests {
    @Test("agrees with the vectors and with a running consortium", .timeLimit(.minutes(5)))
    func agrees() async throws {
        try await ScratchFolder.with { folder in
            let client = try await PythonClient.install(in: folder)
            let vectors = try await client.run(["-m", "unittest", "test_vectors"])
            #expect(vectors.status == 0, "\(vectors.text)")

            try await RunningDemo.with(keeping: folder.appending(path: "demo")) { demo in
                let honest = try await client.check(demo.description)
                #expect(honest.status == 0, "\(honest.text)")

                let misled = try await client.check(demo.descriptionWithoutHolders())
                #expect(misled.status == 1, "\(misled.text)")
                #expect(misled.text.contains("FAILED lakeside-node: subject 1 in a filter"))
            }
        }
    }
}
