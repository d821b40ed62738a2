internal import Synchronization

/// The parsed JSON texts of generated modules. A text is parsed on first use.
///
/// A static property of the module would include its text in every program. The functions that read these texts are
/// compiled into their callers instead.
final class ParsedTexts<Value: Sendable>: Sendable {
    private let values = Mutex<[String: Value]>([:])

    /// Returns the value of a module. A text that is not JSON reads as null.
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
