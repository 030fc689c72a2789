/// Why a filter is refused. From the encoder it is the own node's limit; from the decoder it is the
/// fault of the node that published the filter, which then counts as an error and never as "no
/// record".
public enum FilterError: Error, Equatable, Sendable {
    /// More items than one filter may have, or fewer than none.
    case count(max: Int)
    /// The bits end before the last item does.
    case truncated
    /// An item at or above n·2^20.
    case value
    /// There are bytes behind the last item.
    case spareBytes
    /// The bits that fill the last byte are not zero.
    case padding
}
