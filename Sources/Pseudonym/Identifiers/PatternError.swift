/// Why a charter's pattern cannot be used. Positions are characters of the pattern, counted from 1.
public enum PatternError: Error, Equatable, Sendable {
    /// Longer than `SchemeRegistry.patternBytesMax`.
    case tooLong
    /// Stands for no character at all, or for more than `SchemeRegistry.patternStepsMax`.
    case size
    /// A sign that is special in regular expressions and not part of this language; write `\`
    /// before it to mean the sign itself.
    case unsupported(position: Int)
    /// A class or a count that does not end, is empty, runs backwards, or a count that is larger
    /// than `SchemeRegistry.patternCountMax`.
    case malformed(position: Int)
}
