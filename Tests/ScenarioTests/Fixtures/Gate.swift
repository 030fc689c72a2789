/// Holds the first who comes until it is opened, and tells of the arrival; others pass.
actor Gate {
    private var isOpen = false
    private var hasArrived = false
    private var held: CheckedContinuation<Void, Never>?
    private var watchers: [CheckedContinuation<Void, Never>] = []

    func pass() async {
        guard !hasArrived else { return }
        hasArrived = true
        watchers.forEach { $0.resume() }
        watchers = []
        if !isOpen { await withCheckedContinuation { held = $0 } }
    }

    func open() {
        isOpen = true
        held?.resume()
        held = nil
    }

    /// Waits until the first has come.
    func arrival() async {
        if !hasArrived { await withCheckedContinuation { watchers.append($0) } }
    }
}
