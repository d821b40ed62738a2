/// The settings with which a client shares the org's rate limits with other programs.
///
/// ```swift
/// var configuration = try OktaConfiguration.fromEnvironment()
/// configuration.rateLimitSharing = RateLimitSharing(store: try FileRateLimitStore(folder: folder), program: "hr-sync")
/// ```
///
/// All programs that use the same store stay within the limits together. Calls of other programs are taken into account
/// too, because the responses state how many calls remain.
///
/// If no program can reach the store, each one continues alone with its share of each limit. The sum of the shares is
/// one at most. When a program reaches the store again, the store sets the shares of the others aside until they are
/// back, for at most three seconds. A store that fails, hangs, is slow or is emptied therefore causes rate limit errors
/// (429) only in the following cases. The client retries these calls.
///
/// - A program loses the store while others still reach it. It uses its share, which the store grants to the others
///   after ten seconds without an exchange.
/// - A program has never reached the store. It uses ``shareWithoutStore``.
/// - A program starts just after the store was emptied. It makes up to four calls to learn the limit.
/// - The store is emptied while a program waits for the end of a window. The new record does not include the program
///   until its next exchange.
/// - A program's share of a limit is less than one call. It then makes one call at a time.
/// - Programs lose the store in a window in which others have used more than their shares. A program then knows only
///   the remaining calls that responses to its own calls stated, which may be outdated.
public struct RateLimitSharing: Sendable {
    /// The store. All programs that share limits must use the same folder or server.
    public var store: any RateLimitStore

    /// The program's name, for status pages and metrics: up to 64 printable ASCII characters.
    public var program: String

    /// The client's share of each limit, relative to the weights of other clients with waiting calls; 1 to 1,000.
    public var weight: Int

    /// The part of each limit that bulk calls leave to interactive ones; 0 to 0.9.
    public var interactiveReserve: Double

    /// The part of the org's limit that one token or app gets; more than 0, at most 1. Okta's default is 0.5.
    public var principalShare: Double

    /// The part of each limit that the client uses until it first reaches the store; more than 0, at most 1. After an
    /// exchange, it uses the share that the store stated: its fair share, as far as the shares of the others allow it.
    public var shareWithoutStore: Double

    /// The timeout of an exchange with the store. After a timeout, the client continues with its share without the
    /// store.
    public var timeout: Duration

    /// Creates settings for sharing.
    ///
    /// - Parameters:
    ///   - store: The store.
    ///   - program: The program's name.
    ///   - weight: The client's share relative to others. Defaults to 1.
    ///   - interactiveReserve: The part of each limit that bulk calls leave to interactive ones. Defaults to 0.02.
    ///   - principalShare: The part of the org's limit that one token or app gets. Defaults to 0.5.
    ///   - shareWithoutStore: The part of each limit to use until the store is first reached. Defaults to 0.5.
    ///   - timeout: The timeout of one exchange. Defaults to 200 milliseconds.
    public init(
        store: any RateLimitStore, program: String, weight: Int = 1, interactiveReserve: Double = 0.02,
        principalShare: Double = 0.5, shareWithoutStore: Double = 0.5, timeout: Duration = .milliseconds(200)
    ) {
        self.store = store
        self.program = program
        self.weight = weight
        self.interactiveReserve = interactiveReserve
        self.principalShare = principalShare
        self.shareWithoutStore = shareWithoutStore
        self.timeout = timeout
    }

    func check() throws(OktaError) {
        guard (1...64).contains(program.utf8.count), program.isPrintableASCII else {
            throw .configuration(
                .init(message: "rateLimitSharing.program must be 1 to 64 printable ASCII characters"))
        }
        guard (1...1000).contains(weight) else {
            throw .configuration(.init(message: "rateLimitSharing.weight must be 1 to 1,000", suggestion: "1"))
        }
        guard (0...0.9).contains(interactiveReserve) else {
            throw .configuration(
                .init(message: "rateLimitSharing.interactiveReserve must be 0 to 0.9", suggestion: "0.02"))
        }
        for (name, value) in [("principalShare", principalShare), ("shareWithoutStore", shareWithoutStore)] {
            guard value > 0, value <= 1 else {
                throw .configuration(
                    .init(message: "rateLimitSharing.\(name) must be above 0 and at most 1", suggestion: "0.5"))
            }
        }
        guard timeout > .zero else {
            throw .configuration(
                .init(message: "rateLimitSharing.timeout must be positive", suggestion: "200 milliseconds"))
        }
    }
}
