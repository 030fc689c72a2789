import Foundation

/// The memory of the process, as far as pages of files fill it.
///
/// glibc has functions for it that Swift does not see; where they are missing nothing happens.
enum ProcessMemory {
    /// Keeps what threads have freed from piling up: up to eight heaps a core would hardly give back
    /// what each of them once used, and an import, whose rows pass through many threads, would hold a
    /// multiple of what it needs.
    static func useFewHeaps() {
        typealias SetOption = @convention(c) (_ option: CInt, _ value: CInt) -> CInt
        guard let symbol = dlsym(nil, "mallopt") else { return }
        let arenasMax: CInt = -8
        _ = unsafeBitCast(symbol, to: SetOption.self)(arenasMax, 2)
    }

    /// Gives back to the system what is free.
    static func giveBackFree() {
        typealias Trim = @convention(c) (_ kept: Int) -> CInt
        guard let symbol = dlsym(nil, "malloc_trim") else { return }
        _ = unsafeBitCast(symbol, to: Trim.self)(0)
    }
}
