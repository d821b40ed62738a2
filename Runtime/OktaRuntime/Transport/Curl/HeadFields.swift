internal import HTTPTypes

/// The header fields of a response, written over those of the previous one.
///
/// An org's responses differ little in their header fields: most fields are reused, and identical heads share their
/// storage.
struct HeadFields {
    private var fields = HTTPFields()
    /// The line number of each field; see ``HeaderFieldCache/Found``.
    private var numbers: [Int] = []
    /// The number of fields that belong to this head; the rest are still those of the previous one.
    private(set) var count = 0
    /// Whether one of them is a cookie.
    private(set) var hasCookie = false

    /// Starts another head.
    mutating func restart() {
        count = 0
        hasCookie = false
    }

    /// The line number at this position of the previous head; 0 for none.
    var expectedNumber: Int { count < numbers.count ? numbers[count] : 0 }

    /// Adds the field at this position of the previous head.
    mutating func keep() {
        count += 1
    }

    mutating func add(_ found: HeaderFieldCache.Found) {
        if found.field.name == .setCookie { hasCookie = true }
        if count < numbers.count {
            numbers[count] = found.number
            replace(at: count, with: found.field)
        } else {
            numbers.append(found.number)
            fields.append(found.field)
        }
        count += 1
    }

    /// Adds text to the value of the last field, if there is one.
    mutating func continueLast(with text: UnsafeRawBufferPointer) {
        guard count > 0 else { return }
        let last = fields[count - 1]
        numbers[count - 1] = 0
        replace(at: count - 1, with: HTTPField(name: last.name, value: Array(last.value.utf8) + [0x20] + text))
    }

    /// Ends the head: drops the remaining fields of the previous one.
    mutating func finish() -> HTTPFields {
        if count < numbers.count {
            numbers.removeSubrange(count...)
            fields.removeSubrange(count...)
        }
        return fields
    }

    private mutating func replace(at index: Int, with field: HTTPField) {
        fields[index] = field
        guard fields[index].name.rawName != field.name.rawName else { return }
        // A collection of fields does not replace a field by one whose name differs only in case.
        fields[index].value += "."
        fields[index] = field
    }
}
