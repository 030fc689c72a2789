import Dispatch
import Exchange
import Foundation
import Pseudonym

/// The pure parts on one core, and tokens on all cores.
struct PartsBench {
    private let tokenCount = 20_000
    private let filterCount = 1_000_000
    /// The largest batch.
    private let boxesBatch = 1024

    func run(into table: inout BenchTable) throws {
        table.measureMultiplications()
        try tokens(into: &table)
        try boxes(into: &table)
        try filter(into: &table)
    }

    /// What an asker seals of a batch of evaluations, and what blinding it costs beside that.
    private func boxes(into table: inout BenchTable) throws {
        let schemes = try SchemeRegistry(charter: [(scheme: "bench", pattern: "[0-9]{1,12}")])
        let subjects = try (0..<boxesBatch).map {
            BoxedSubject(
                try schemes.identifier(String($0), scheme: "bench"),
                consent: BenchConsent.consent(for: "post-loan"))
        }
        let inputs = try (0..<boxesBatch).map {
            SubjectInput(
                consortium: "bench",
                identifier: try schemes.identifier(String($0), scheme: "bench"))
        }
        let session = try BlindingSession(inputs)
        let key = OpeningKey(
            kid: "bench", publicKey: OpeningPrivateKey.generate().publicKey)
        try table.measure("subjects blinded, one core", count: boxesBatch, multiplications: 1) {
            _ = try BlindingSession(inputs)
        }
        try table.measure("boxes sealed, one core", count: boxesBatch) {
            _ = try SealedBoxes(opening: session, of: subjects, purpose: .postLoan, to: key)
        }
    }

    private func tokens(into table: inout BenchTable) throws {
        let schemes = try SchemeRegistry(charter: [(scheme: "bench", pattern: "[0-9]{1,12}")])
        let identifiers = try (0..<tokenCount).map {
            try schemes.identifier(String($0), scheme: "bench")
        }
        let key = VOPRFSecretKey.generate()
        let token: @Sendable (Int) -> Void = { index in
            _ =
                key.output(
                    for: SubjectInput(consortium: "bench", identifier: identifiers[index])
                ).token
        }
        table.measure("own tokens, one core", count: tokenCount, multiplications: 1) {
            for index in 0..<tokenCount { token(index) }
        }
        let cores = ProcessInfo.processInfo.activeProcessorCount
        let time = ContinuousClock().measure {
            DispatchQueue.concurrentPerform(iterations: tokenCount / 100) { chunk in
                for index in chunk * 100..<(chunk + 1) * 100 { token(index) }
            }
        }
        table.add(
            "own tokens, \(cores) cores", Double(tokenCount) / time.inSeconds, "1/s",
            multiplications: 1, cores: cores)
    }

    private func filter(into table: inout BenchTable) throws {
        var generator = SystemRandomNumberGenerator()
        let tokens = try (0..<filterCount).map { _ in
            try Token(bytes: (0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) })
        }
        var encoded: EncodedFilter?
        try table.measure("filter build, items of a million", count: filterCount) {
            encoded = try FilterEncoder.encode(TokenHashes(tokens))
        }
        guard let encoded else { return }
        var filter: TokenFilter?
        try table.measure("filter decode and check, items", count: filterCount) {
            filter = try TokenFilter(encoded: encoded.bytes, count: encoded.count)
        }
        guard let filter else { return }
        var found = 0
        table.measure("filter look-up", count: filterCount) {
            for token in tokens where filter.mayContain(token) { found += 1 }
        }
        precondition(found == filterCount, "a filter must find what it holds")
        table.add(
            "filter memory an item", Double(filter.memoryFootprint) / Double(filterCount), "bytes")
    }
}
