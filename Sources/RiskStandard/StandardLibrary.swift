/// The standards that a program knows. A node refuses to publish under a version that is not here.
public struct StandardLibrary: Sendable {
    /// The standards of `protocol/standards/`, embedded in the binary.
    ///
    /// A file that did not load would be missing, and asking for it refused; the tests hold that
    /// every one loads.
    public static let embedded = StandardLibrary(
        embeddedFiles.compactMap { try? Standard(json: $0) })

    /// The bytes of the embedded files.
    static let embeddedFiles: [[UInt8]] = [
        PackageResources.cn_2023_1_json, PackageResources.cn_microloan_1_json,
    ]

    private let standards: [Standard]

    init(_ standards: [Standard]) {
        self.standards = standards
    }

    /// The standard of that name and version; nil when it is not here.
    public func standard(_ id: StandardID) -> Standard? {
        standards.first { $0.id == id }
    }

    /// The names and versions that are here, in stable order.
    public var ids: [StandardID] { standards.map(\.id) }
}
