internal import Synchronization

/// What the JSON texts of generated modules mean, each parsed when it is first read.
///
/// A static property of the module would keep the text in every program. These are read by functions that are compiled
/// where they are called.
final class ParsedTexts<Value: Sendable>: Sendable {
    private let values = Mutex<[String: Value]>([:])

    /// The value of a module; a text that is not JSON reads as null.
    func value(of module: StaticString, _ text: StaticString, _ parse: (JSON) -> Value) -> Value {
        values.withLock { values in
            let name = module.description
            if let value = values[name] { return value }
            let value = parse((try? JSON(parsing: text.withUTF8Buffer { Array($0) })) ?? .null)
            values[name] = value
            return value
        }
    }
}
