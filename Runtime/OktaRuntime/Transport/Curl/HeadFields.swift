internal import HTTPTypes

/// The header fields of a response, written over those of the one before.
///
/// What an org answers differs little from response to response: most fields stay in place, and heads without any
/// difference share their memory.
struct HeadFields {
    private var fields = HTTPFields()
    /// The number of the line that each field is from, see ``HeaderFieldCache/Found``.
    private var numbers: [Int] = []
    /// How many of the fields are those of this head; the others are still those of the one before.
    private(set) var count = 0
    /// Whether a cookie is among them.
    private(set) var hasCookie = false

    /// Begins another head.
    mutating func restart() {
        count = 0
        hasCookie = false
    }

    /// The number of the line that was at this place in the head before; 0 for none.
    var expectedNumber: Int { count < numbers.count ? numbers[count] : 0 }

    /// Adds the field that was at this place in the head before.
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

    /// Ends the head: drops what is left of the one before.
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
        // A collection of fields does not replace one by another that differs in the spelling of its name only.
        fields[index].value += "."
        fields[index] = field
    }
}
