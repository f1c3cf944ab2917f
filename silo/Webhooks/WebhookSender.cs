using System.Net.Http.Headers;
using Gantral.Silo.Outgoing;
using Gantral.Silo.Secrets;

namespace Gantral.Silo.Webhooks;

/// <summary>Sends one message to one receiver, once. What is answered is its status; the rest is not read.</summary>
internal sealed class WebhookSender(WebhookOptions options) : IDisposable
{
    private readonly HttpMessageInvoker _http = new(NewHandler(options));

    /// <summary>Sends a message, and answers what is wrong, or nothing once the receiver has it.</summary>
    public async Task<DeliveryFault?> SendAsync(Func<CancellationToken, Task<HttpRequestMessage>> write)
    {
        using var deadline = new CancellationTokenSource(options.Deadline, options.Time);
        try
        {
            using var request = await write(deadline.Token);
            if (options.Hosts.Refusal(request.RequestUri!) is not null)
            {
                return DeliveryFault.HostNotAllowed;
            }

            using var response = await _http.SendAsync(request, deadline.Token);
            return response.IsSuccessStatusCode ? null : DeliveryFault.Status((int)response.StatusCode);
        }
        catch (SecretUnusableException unusable)
        {
            return DeliveryFault.Secret(unusable.Message);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException or HostNotAllowedException)
        {
            return deadline.IsCancellationRequested ? DeliveryFault.TooSlow
                : (fault as HostNotAllowedException ?? fault.InnerException) is HostNotAllowedException ? DeliveryFault.HostNotAllowed
                : DeliveryFault.Unreachable;
        }
    }

    /// <summary>A message with a body.</summary>
    public static HttpRequestMessage Post(Uri url, ReadOnlyMemory<byte> body, string contentType)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType) { CharSet = "utf-8" };
        request.Headers.UserAgent.ParseAdd("Gantral");
        return request;
    }

    public void Dispose() => _http.Dispose();

    private static SocketsHttpHandler NewHandler(WebhookOptions options)
    {
        var handler = options.Hosts.NewHandler(options.Deadline);

        // A short answer is passed over rather than cut off, so that the connection serves the next message too.
        handler.MaxResponseDrainSize = 16 * 1024;
        return handler;
    }
}
