extension BlindingSession {
    /// Seals what opens each element, while its factor is still known; afterwards only the private
    /// half of `key` tells who was asked about (protocol/opening.md). One key exchange each.
    ///
    /// - Parameter content: what goes into the box of an element, by its place and its factor: 32
    ///   bytes, little-endian.
    /// - Returns: one box for each element, in their order.
    /// - Throws: `SealingError.key`, which a key that was made from bytes never brings about.
    public func boxes(
        to key: OpeningPublicKey, content: (_ index: Int, _ blind: [UInt8]) -> [UInt8]
    ) throws(SealingError) -> [[UInt8]] {
        var boxes: [[UInt8]] = []
        boxes.reserveCapacity(elements.count)
        for index in elements.indices {
            var blind = blindBytes(at: index)
            var message = content(index, blind)
            defer {
                Sodium.wipe(&blind)
                Sodium.wipe(&message)
            }
            boxes.append(try key.seal(message))
        }
        return boxes
    }
}
