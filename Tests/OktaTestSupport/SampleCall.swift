package import OktaRuntime

/// A call of one generated function with arguments that can be foretold: `p0`, `p1`… for the path.
package struct SampleCall: Sendable, CustomStringConvertible {
    package let category: String
    package let action: String
    package let function: String
    /// Whether the response is a JSON array.
    package let isList: Bool
    /// The member of the response that is a list, where the response is an object around one.
    package let items: String?
    package let run: @Sendable (OktaClient) async throws -> Void

    package init(
        category: String, action: String, function: String, isList: Bool, items: String? = nil,
        run: @escaping @Sendable (OktaClient) async throws -> Void
    ) {
        self.category = category
        self.action = action
        self.function = function
        self.isList = isList
        self.items = items
        self.run = run
    }

    /// The shortest response that the function takes.
    package var response: String { items.map { #"{"\#($0)":[]}"# } ?? (isList ? "[]" : "{}") }

    package var description: String { "\(category) / \(function)" }
}

/// Generated calls, of deprecated functions too: reached through a requirement, they are called without a warning.
package protocol SampleCallSource {
    static var calls: [SampleCall] { get }
}
