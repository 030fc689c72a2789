import Testing

@testable import Pseudonym

@Suite("Filter accuracy and memory")
struct FilterAccuracyTests {
    private func hashes(_ count: Int, seed: UInt64) -> [UInt64] {
        var random = RepeatableRandom(seed: seed)
        return (0..<count).map { _ in random.next() }
    }

    private func filter(of hashes: [UInt64]) throws -> TokenFilter {
        let body = FilterEncoder.encode(sortedHashes: hashes.sorted(), count: hashes.count)
        return try TokenFilter(encoded: body, count: hashes.count)
    }

    @Test(
        "finds everything it holds, at every size around a block's",
        arguments: [1, 2, 31, 32, 33, 63, 64, 65, 1000, 20_000])
    func findsAll(count: Int) throws {
        let hashes = hashes(count, seed: UInt64(count))
        let filter = try filter(of: hashes)
        #expect(hashes.allSatisfy { filter.mayContain(hash: $0) })
    }

    @Test("finds equal values over many blocks, and what lies beside them")
    func findsEqualValues() throws {
        let hashes = [UInt64](repeating: 1 << 63, count: 500) + [0, 0, .max, .max]
        let filter = try filter(of: hashes)
        #expect(hashes.allSatisfy { filter.mayContain(hash: $0) })
        #expect(!filter.mayContain(hash: 1 << 62))
        #expect(!filter.mayContain(hash: 3 << 62))
    }

    @Test("finds both ends of a run of ones that is longer than a machine word")
    func findsBesideLongRuns() throws {
        let hashes = (0..<500).map { UInt64($0) << 40 } + [.max]
        let filter = try filter(of: hashes)
        #expect(hashes.allSatisfy { filter.mayContain(hash: $0) })
        #expect(!filter.mayContain(hash: 1 << 63))
    }

    @Test("is exact about places: beside the places held there is nothing")
    func isExactAboutPlaces() throws {
        let count = 5000
        let hashes = hashes(count, seed: 3)
        let filter = try filter(of: hashes)
        let held = Set(hashes.map { FilterCode.value(of: $0, count: count) })
        let range = FilterCode.range(count: count)
        var beside = 0
        for value in held {
            for distance in [1, 2, 1 << 10, 1 << 19, 1 << 20, 1 << 21] as [UInt64] {
                for place in [value &- distance, value &+ distance]
                where place < range && !held.contains(place) {
                    beside += 1
                    #expect(!filter.mayContain(hash: smallestHash(of: place, count: count)))
                }
            }
        }
        #expect(beside > 50_000)
    }

    #if DEBUG
    // 1 expected, too few for a lower bound.
    private static let probes = 1_000_000
    private static let falseHits = 0...9
    #else
    // 19 expected; a right filter leaves these bounds in less than one run of a million.
    private static let probes = 20_000_000
    private static let falseHits = 2...45
    #endif

    @Test("takes about one in 2^20 of the others for its own")
    func hasTheRateOfFalseHits() throws {
        let filter = try filter(of: hashes(20_000, seed: 4))
        var random = RepeatableRandom(seed: 0x5EED)
        var hits = 0
        for _ in 0..<Self.probes where filter.mayContain(hash: random.next()) { hits += 1 }
        #expect(Self.falseHits.contains(hits), "\(hits) of \(Self.probes)")
    }

    @Test("takes at most 6 bytes of memory an item", arguments: [1000, 20_000, 100_000])
    func boundsMemory(count: Int) throws {
        let filter = try filter(of: hashes(count, seed: 5))
        #expect(filter.memoryFootprint <= 6 * count)
        #expect(filter.memoryFootprint >= 2 * count)
    }
}
