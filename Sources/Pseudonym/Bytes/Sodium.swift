import CSodium

/// The library's one-time start, which every use of randomness or guarded memory needs first.
enum Sodium {
    private static let status = sodium_init()

    /// Starts the library once for the process; a machine on which it cannot start has no
    /// randomness to work with, so the process stops.
    static func prepare() {
        precondition(status >= 0, "libsodium could not start: no source of randomness")
    }

    /// Overwrites bytes that held a secret, in a way that the compiler may not leave out.
    static func wipe(_ bytes: inout [UInt8]) {
        sodium_memzero(&bytes, bytes.count)
    }
}
