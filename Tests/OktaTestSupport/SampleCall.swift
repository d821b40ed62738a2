package import OktaRuntime

/// A call of one generated function with predictable arguments: `p0`, `p1`… for the path.
package struct SampleCall: Sendable, CustomStringConvertible {
    package let category: String
    package let action: String
    package let function: String
    /// Whether the response is a JSON array.
    package let isList: Bool
    /// The member with the list, if the response is an object around a list.
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

    /// The shortest response that the function accepts.
    package var response: String { items.map { #"{"\#($0)":[]}"# } ?? (isList ? "[]" : "{}") }

    package var description: String { "\(category) / \(function)" }
}

/// Generated calls, including those of deprecated functions: access through a protocol requirement causes no warning.
package protocol SampleCallSource {
    static var calls: [SampleCall] { get }
}
