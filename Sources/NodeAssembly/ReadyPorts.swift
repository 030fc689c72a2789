/// Waits until all servers listen.
actor ReadyPorts {
    private var peerPort: Int?
    private var localPort: Int?
    private var witnessPort: Int?
    private let awaitsWitness: Bool
    private var isAbandoned = false
    private var waiting: CheckedContinuation<NodeAddresses?, Never>?

    init(awaitsWitness: Bool) { self.awaitsWitness = awaitsWitness }

    func witness(_ port: Int) {
        witnessPort = port
        resumeIfReady()
    }

    func peer(_ port: Int) {
        peerPort = port
        resumeIfReady()
    }

    func local(_ port: Int) {
        localPort = port
        resumeIfReady()
    }

    /// The node ended before it served.
    func abandon() {
        isAbandoned = true
        resumeIfReady()
    }

    var all: NodeAddresses? {
        get async {
            await withCheckedContinuation { continuation in
                waiting = continuation
                resumeIfReady()
            }
        }
    }

    private func resumeIfReady() {
        guard let waiting else { return }
        if let peerPort, let localPort, !awaitsWitness || witnessPort != nil {
            self.waiting = nil
            waiting.resume(
                returning: NodeAddresses(
                    peerPort: peerPort, localPort: localPort, witnessPort: witnessPort))
        } else if isAbandoned {
            self.waiting = nil
            waiting.resume(returning: nil)
        }
    }
}
