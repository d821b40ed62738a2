import HTTPTypes
import LoopbackServer

/// A kind of call in a storm, with the behavior of the server and the caller, and the allowed results.
struct StormKind: Sendable {
    /// The behavior of the server.
    enum Service: Sendable {
        /// Responds normally.
        case good
        /// Causes a fault at the first attempt, and responds to the others.
        case faulty(LoopbackResponse)
        /// Causes a fault at each attempt.
        case broken(LoopbackResponse)
        /// Refuses the first two calls of the kind because the limit is used up.
        case limited
        /// Responds when the call's gate is opened.
        case slow
        /// Begins a response and never completes it.
        case endless
        /// Causes a fault at the token request.
        case tokenless(LoopbackResponse)
    }

    /// The behavior of the caller.
    enum Caller: Sendable {
        /// Waits for the complete response.
        case waits
        /// Reads the body as a stream.
        case reads
        /// Reads the head and drops the body.
        case leaves
        /// Is cancelled at any point of the call.
        case givesUp
        /// Is cancelled when the server has begun its response.
        case givesUpMidway
    }

    /// The resources, which have separate limits.
    enum Resource: Sendable {
        case things
        /// A resource whose responses state no limit, except for refusals.
        case limited
        /// A resource that needs a token.
        case signed
    }

    let method: HTTPRequest.Method
    let service: Service
    let resource: Resource
    let caller: Caller
    let ends: Set<StormEnd>

    init(
        _ method: HTTPRequest.Method, _ service: Service, at resource: Resource = .things, caller: Caller = .waits,
        ends: Set<StormEnd>
    ) {
        self.method = method
        self.service = service
        self.resource = resource
        self.caller = caller
        self.ends = ends
    }
}
