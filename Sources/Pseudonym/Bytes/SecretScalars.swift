import CSodium

/// Secret scalars in memory of their own: guarded, kept out of swap and core dumps where the system
/// allows it, and overwritten when the last owner lets go.
///
/// `@unchecked Sendable` holds because the memory is written in `init` only and is read-only after.
final class SecretScalars: @unchecked Sendable {
    let count: Int
    private let storage: UnsafeMutablePointer<Scalar>

    /// Makes room for `count` scalars and lets `scalar` give each of them.
    init(count: Int, _ scalar: (Int) -> Scalar) {
        Sodium.prepare()
        guard let memory = sodium_allocarray(max(count, 1), MemoryLayout<Scalar>.stride) else {
            preconditionFailure("no memory left for \(count) secret scalars")
        }
        self.count = count
        storage = memory.bindMemory(to: Scalar.self, capacity: count)
        for index in 0..<count {
            var value = scalar(index)
            storage.advanced(by: index).initialize(to: value)
            value.wipe()
        }
        sodium_mprotect_readonly(memory)
    }

    deinit {
        // Overwrites the memory before it gives it back.
        sodium_free(storage)
    }

    /// The scalar at `index`; the caller wipes what it keeps of it.
    subscript(index: Int) -> Scalar {
        precondition(index < count)
        return storage[index]
    }
}
