package import OktaRuntime

/// A call of one generated function with arguments that can be foretold: `p0`, `p1`… for the path.
package struct SampleCall: Sendable, CustomStringConvertible {
    package let category: String
    package let action: String
    package let function: String
    /// Whether the response is a JSON array.
    package let isList: Bool
    package let run: @Sendable (OktaClient) async throws -> Void

    package init(
        category: String, action: String, function: String, isList: Bool,
        run: @escaping @Sendable (OktaClient) async throws -> Void
    ) {
        self.category = category
        self.action = action
        self.function = function
        self.isList = isList
        self.run = run
    }

    package var description: String { "\(category) / \(function)" }
}

/// Generated calls, of deprecated functions too: reached through a requirement, they are called without a warning.
package protocol SampleCallSource {
    static var calls: [SampleCall] { get }
}
