import RiskStandard

/// A mapping proposed for a file by the names of its columns and the look of their values: what
/// was taken and why, what was assumed, and what the lender must fill in.
public struct MappingProposal: Sendable {
    /// How a field is filled.
    public enum Ground: String, Sendable, Equatable {
        /// By a column whose name and values say so.
        case column
        /// By a constant that the file does not contradict; the lender must look at it.
        case assumed
        /// By nothing yet.
        case missing
    }

    /// One field of the proposal.
    public struct Finding: Sendable, Equatable {
        /// The field's name in the mapping language.
        public let field: String
        /// How it is filled.
        public let ground: Ground
        /// The column's name or the constant; nil when it is missing.
        public let source: String?
        /// Why, and what to do about it.
        public let remark: Remark
    }

    /// In what the file is written.
    public let encoding: TextEncoding
    /// What stands between its cells.
    public let delimiter: UInt8
    /// Lines above its header.
    public let skipLines: Int
    /// Its columns, in their order.
    public let columns: [String]
    /// Each field that was found, assumed or is missing, needed ones first.
    public let findings: [Finding]
    /// The mapping as a file; where something is missing it says so in comments.
    public let yaml: String
    /// The mapping, nil while a needed field is missing.
    public let mapping: ColumnMapping?

    /// Proposes a mapping for a file.
    ///
    /// - Parameters:
    ///   - name: the mapping's name; signs that a name can't have become `-`.
    ///   - source: the file, of which at most a mebibyte is read.
    public init(name: String, source: ByteSource) throws(BookError) {
        self.init(name: name, sample: try FileSample(source: source))
    }

    init(name: String, sample: FileSample) {
        encoding = sample.encoding
        delimiter = sample.delimiter
        skipLines = sample.skipLines
        columns = sample.header
        if Self.isPlain(sample.header), let plain = try? ShippedMapping.plain.mapping() {
            findings = []
            var text = String(decoding: ShippedMapping.plain.yaml, as: UTF8.self)
            text += MappingText.file(sample)
            yaml = text
            mapping = sample.isAsPlain ? plain : try? ColumnMapping(yaml: Array(text.utf8))
            return
        }
        var proposer = MappingProposer(sample)
        proposer.propose()
        findings = proposer.findings
        yaml = MappingText.text(name: name, sample, proposer)
        mapping = try? ColumnMapping(yaml: Array(yaml.utf8))
    }

    /// Whether the headers are those of the plain layout, so that no mapping is needed but for what
    /// the file's form asks.
    public var isPlain: Bool { Self.isPlain(columns) }

    private static func isPlain(_ columns: [String]) -> Bool {
        let names = Set(columns)
        return Field.required.allSatisfy { names.contains($0.rawValue) }
            && names.contains(Field.daysPastDue.rawValue)
    }
}

extension FileSample {
    /// Whether the file's form is what a mapping expects that says nothing about it.
    var isAsPlain: Bool { delimiter == UInt8(ascii: ",") && skipLines == 0 }
}
