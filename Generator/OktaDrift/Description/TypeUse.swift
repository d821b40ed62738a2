/// A place at which a type is used, with what is said there of it.
struct TypeUse: Sendable {
    var shape: Int
    var isNullable = false
    var isReadOnly = false
    var isWriteOnly = false
    var isDeprecated = false
    /// Limits that hold at this place, by their names in JSON Schema.
    var facts: [String: String] = [:]
    var lifecycle: String?
    var text = TextDigest()
}
