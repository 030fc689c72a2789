/// Why a row was rejected. Raw values are stable: lenders' scripts may count by them.
public enum RejectCode: String, Sendable, CaseIterable {
    /// The row has another number of columns than the header.
    case columnCount = "column-count"
    /// A quote stands where none may (RFC 4180 §2.5–2.7).
    case quote
    /// A carriage return stands alone, outside quotes.
    case lineBreak = "line-break"
    /// The row holds a NUL byte.
    case nulByte = "nul-byte"
    /// The row is not UTF-8.
    case encoding
    /// A field is longer than allowed.
    case fieldTooLong = "field-too-long"
    /// The header stands again among the rows.
    case repeatedHeader = "repeated-header"
    /// The row has totals of others.
    case totalsRow = "totals-row"

    /// A value that every record needs is blank.
    case valueMissing = "value-missing"
    /// The mapping's list does not know the text.
    case valueUnknown = "value-unknown"
    /// The text has not the form of the field.
    case valueMalformed = "value-malformed"
    /// The value is outside the field's bounds.
    case valueOutOfRange = "value-out-of-range"
    /// An amount or count is negative.
    case negative
    /// An amount does not fit 64 bits in minor units.
    case amountOverflow = "amount-overflow"
    /// An amount has more decimals than its currency.
    case amountTooPrecise = "amount-too-precise"
    /// A number is in scientific notation: a spreadsheet may have dropped digits.
    case scientificNotation = "scientific-notation"
    /// A spreadsheet has made a quantity of the identifier or account number: digits are lost.
    case identifierDamaged = "identifier-damaged-by-spreadsheet"
    /// Not an ISO 4217 currency, or not that of the row.
    case currency
    /// There is no such day, or its year is that of a placeholder.
    case date
    /// Day and month could be either; the mapping must say which comes first.
    case dateOrder = "date-order"
    /// A date lies after the book's as-of date.
    case dateAfterAsOf = "date-after-as-of"
    /// Two values of the row exclude each other.
    case contradiction
    /// A consent is stated in part only.
    case consentIncomplete = "consent-incomplete"

    /// Rows of one account name different borrowers.
    case borrowerDiffers = "borrower-differs"
    /// An account has more periods than allowed.
    case tooManyPeriods = "too-many-periods"
    /// Another row of the account was rejected, so that its standing is not known.
    case accountIncomplete = "account-incomplete"
}
