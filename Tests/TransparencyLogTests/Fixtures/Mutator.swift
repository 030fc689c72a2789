/// Changes bytes at random, the same way on every run: what a parser must survive.
struct Mutator {
    private var random: RepeatableRandom
    /// Pieces that parsers look for.
    private let pieces: [[UInt8]] = [
        "\n", "\n\n", " ", "— ", "+", "/", "x", ".p/", "0", "9", "=", "999", "A", "extra ",
        "index ",
        "\u{0}", "\u{E9}", "18446744073709551615", "9007199254740992",
    ].map { Array($0.utf8) }

    init(seed: UInt64) { random = RepeatableRandom(seed: seed) }

    /// One to three changes: a bit turned, a piece put in, a stretch taken out or doubled.
    mutating func change(_ bytes: [UInt8]) -> [UInt8] {
        (0..<Int.random(in: 1...3, using: &random)).reduce(bytes) { bytes, _ in once(bytes) }
    }

    private mutating func once(_ bytes: [UInt8]) -> [UInt8] {
        guard !bytes.isEmpty else { return pieces.randomElement(using: &random) ?? [] }
        var bytes = bytes
        let place = Int.random(in: bytes.indices, using: &random)
        let end = min(bytes.count, place + Int.random(in: 1...40, using: &random))
        switch Int.random(in: 0...4, using: &random) {
        case 0: bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
        case 1: bytes.insert(contentsOf: pieces.randomElement(using: &random) ?? [], at: place)
        case 2: bytes.removeSubrange(place..<end)
        case 3: bytes.insert(contentsOf: bytes[place..<end], at: place)
        default: bytes.removeLast(bytes.count - place)
        }
        return bytes
    }
}
