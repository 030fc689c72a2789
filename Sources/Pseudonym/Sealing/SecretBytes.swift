import CSodium

/// Thirty-two secret bytes in memory of their own: guarded, kept out of swap and core dumps where
/// the system allows it, and overwritten when the last owner lets go.
///
/// `@unchecked Sendable` holds because the memory is written in `init` only and is read-only after.
final class SecretBytes: @unchecked Sendable {
    static let count = 32

    private let storage: UnsafeMutablePointer<UInt8>

    /// Lets `body` write the bytes; they are zero before.
    init(writing body: (UnsafeMutablePointer<UInt8>) -> Void) {
        Sodium.prepare()
        guard let memory = sodium_malloc(Self.count) else {
            preconditionFailure("no memory left for a secret key")
        }
        storage = memory.bindMemory(to: UInt8.self, capacity: Self.count)
        storage.initialize(repeating: 0, count: Self.count)
        body(storage)
        sodium_mprotect_readonly(memory)
    }

    deinit {
        // Overwrites the memory before it gives it back.
        sodium_free(storage)
    }

    func withPointer<Result>(_ body: (UnsafePointer<UInt8>) -> Result) -> Result {
        body(storage)
    }

    /// A copy, which the caller wipes.
    var copy: [UInt8] { Array(UnsafeBufferPointer(start: storage, count: Self.count)) }
}
