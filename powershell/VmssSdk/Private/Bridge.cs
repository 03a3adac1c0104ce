// The part of the module that needs threads: the child process, its two readers, jobs, and JSON at speed.
// Windows PowerShell 5.1 compiles this with C# 5; it is compiled on the first call, not on import.
using System;
using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Management.Automation;
using System.Net;
using System.Text;
using System.Threading;

// The classes of errors that scripts for Az.Compute catch by name, with the members that they read.
namespace Microsoft.Rest
{
    /// <summary>The answer that told of an error.</summary>
    public class HttpResponseMessageWrapper
    {
        public HttpStatusCode StatusCode { get; set; }
        public string ReasonPhrase { get; set; }
        public IDictionary<string, IEnumerable<string>> Headers { get; set; }
    }
}

namespace Microsoft.Rest.Azure
{
    /// <summary>The error in an answer's body.</summary>
    public class CloudError
    {
        public string Code { get; set; }
        public string Message { get; set; }
        public string Target { get; set; }
    }

    /// <summary>An error that the service told.</summary>
    public class CloudException : Exception
    {
        public CloudException(string message) : base(message) { }

        /// <summary>Null when there was no answer, or when an operation failed later.</summary>
        public Microsoft.Rest.HttpResponseMessageWrapper Response { get; set; }
        public CloudError Body { get; set; }
        /// <summary>x-ms-request-id, which Azure support asks for.</summary>
        public string RequestId { get; set; }
    }
}

namespace Microsoft.Azure.Commands.Compute.Common
{
    /// <summary>What Az.Compute's cmdlets write errors with.</summary>
    public class ComputeCloudException : Microsoft.Rest.Azure.CloudException
    {
        public ComputeCloudException(string message) : base(message) { }
    }
}

namespace VmssSdk
{
    /// <summary>What the service or the SDK says went wrong.</summary>
    public sealed class ServiceException : Microsoft.Azure.Commands.Compute.Common.ComputeCloudException
    {
        private readonly IDictionary<string, object> data;

        public ServiceException(string message, IDictionary<string, object> data) : base(message)
        {
            this.data = data ?? new Dictionary<string, object>();
            RequestId = Word("requestId");
            Body = new Microsoft.Rest.Azure.CloudError { Code = ErrorCode, Message = ErrorMessage ?? message, Target = ErrorTarget };
            if (StatusCode == 0) { return; }
            var headers = new Dictionary<string, IEnumerable<string>>(StringComparer.OrdinalIgnoreCase);
            if (RequestId != null) { headers["x-ms-request-id"] = new[] { RequestId }; }
            Response = new Microsoft.Rest.HttpResponseMessageWrapper { StatusCode = (HttpStatusCode)StatusCode, ReasonPhrase = ReasonPhrase, Headers = headers };
        }

        /// <summary>Azure's word for the error, for example OperationNotAllowed.</summary>
        public string ErrorCode { get { return Word("code"); } }
        /// <summary>What the service said, without what is listed around it.</summary>
        public string ErrorMessage { get { return Word("message"); } }
        public string ErrorTarget { get { return Word("target"); } }
        /// <summary>HTTP status; 0 when there was no answer, or when an operation failed later.</summary>
        public int StatusCode { get { object found; return data.TryGetValue("status", out found) && found is int ? (int)found : 0; } }
        public string ReasonPhrase { get { return Word("reason"); } }
        public string OperationId { get { return Word("operationId"); } }
        /// <summary>With which Python's client.resume goes on watching an operation.</summary>
        public string ResumeToken { get { return Word("resumeToken"); } }
        /// <summary>The name of Python's exception.</summary>
        public string Kind { get { return Word("kind"); } }
        public object Details { get { object found; data.TryGetValue("details", out found); return found; } }

        private string Word(string name)
        {
            object found;
            return data.TryGetValue(name, out found) ? found as string : null;
        }
    }

    /// <summary>Something that is told while a call runs.</summary>
    public sealed class Note
    {
        /// <summary>verbose, debug, warning or progress.</summary>
        public string Level;
        public string Text;
        /// <summary>0 to 100; -1 when it is not known.</summary>
        public int Percent = -1;
    }

    /// <summary>One request, from sending to its answer.</summary>
    public sealed class Call
    {
        private readonly ManualResetEventSlim done = new ManualResetEventSlim(false);
        private readonly object gate = new object();
        private readonly BridgeProcess bridge;
        private string answer;
        private string broken;
        private Action<Call> completed;
        private bool parsed;

        internal Call(BridgeProcess bridge, long id, string method)
        {
            this.bridge = bridge;
            Id = id;
            Method = method;
            Notes = new ConcurrentQueue<Note>();
            Output = new List<object>();
        }

        public long Id { get; private set; }
        public string Method { get; private set; }
        public ConcurrentQueue<Note> Notes { get; private set; }
        public bool IsCompleted { get { return done.IsSet; } }
        /// <summary>The objects that it brought, once it was parsed.</summary>
        public List<object> Output { get; private set; }
        /// <summary>What went wrong, once it was parsed.</summary>
        public ErrorRecord Error { get; private set; }

        /// <summary>Wait for the answer; short waits in a loop can be interrupted from the keyboard.</summary>
        public bool Wait(int milliseconds) { return done.Wait(milliseconds); }

        /// <summary>Stop waiting; what the service has begun goes on.</summary>
        public void Cancel() { if (!IsCompleted) { bridge.Cancel(Id); } }

        /// <summary>Have something done on another thread once the answer is there.</summary>
        public void WhenCompleted(Action<Call> action)
        {
            lock (gate)
            {
                if (!IsCompleted) { completed += action; return; }
            }
            ThreadPool.QueueUserWorkItem(delegate { action(this); });
        }

        /// <summary>Read the answer; it is read once, by whoever wants it.</summary>
        public void Parse(object target)
        {
            if (parsed) { return; }
            parsed = true;
            if (broken != null)
            {
                var data = new Dictionary<string, object>();
                data["code"] = "BridgeEnded";
                Error = new ErrorRecord(new ServiceException(broken, data), "BridgeEnded", ErrorCategory.ConnectionError, target);
                return;
            }
            new Reader(answer).ReadAnswer(this, target);
            answer = null;
        }

        internal void Fail(IDictionary<string, object> error, object target)
        {
            object found;
            var data = error.TryGetValue("data", out found) ? found as IDictionary<string, object> : null;
            var text = Text(data, "text") ?? Text(error, "message") ?? "the bridge gave no reason";
            var category = ErrorCategory.NotSpecified;
            ErrorCategory read;
            if (Enum.TryParse(Text(data, "category") ?? "InvalidOperation", out read)) { category = read; }
            Error = new ErrorRecord(new ServiceException(text, data), Text(data, "code") ?? "InvalidCall", category, target);
        }

        internal void Answer(string line) { Complete(line, null); }

        internal void Break(string reason) { Complete(null, reason); }

        private void Complete(string line, string reason)
        {
            Action<Call> action;
            lock (gate)
            {
                if (IsCompleted) { return; }
                answer = line;
                broken = reason;
                action = completed;
                done.Set();
            }
            if (action != null) { ThreadPool.QueueUserWorkItem(delegate { action(this); }); }
        }

        private static string Text(IDictionary<string, object> data, string name)
        {
            object found;
            return data != null && data.TryGetValue(name, out found) ? found as string : null;
        }
    }

    /// <summary>The child process, shared by all runspaces of this process.</summary>
    public sealed class BridgeProcess
    {
        /// <summary>Of this file; a session that has loaded another one has to be started anew.</summary>
        public const int Version = 2;
        public const int Protocol = 1;
        /// <summary>Held while a child is started or connected anew.</summary>
        public static readonly object Gate = new object();
        public static BridgeProcess Current;
        /// <summary>How connections were made, by name, so that they can be made again in a new child. JSON, with secrets.</summary>
        public static readonly ConcurrentDictionary<string, string> Recipes = new ConcurrentDictionary<string, string>();
        /// <summary>The connection that calls go to.</summary>
        public static volatile string Connection = "default";

        private const string AnswerStart = "{\"jsonrpc\":\"2.0\",\"id\":";
        private const int LastWords = 20;
        private readonly ConcurrentDictionary<long, Call> open = new ConcurrentDictionary<long, Call>();
        private readonly Queue<string> words = new Queue<string>();
        private readonly ManualResetEventSlim greeted = new ManualResetEventSlim(false);
        private readonly ManualResetEventSlim silent = new ManualResetEventSlim(false);
        private readonly Process process;
        private readonly StreamWriter writer;
        private long lastId;
        private volatile bool ended;

        private BridgeProcess(Process process)
        {
            this.process = process;
            Id = process.Id;
            // Not Process.StandardInput: on some systems that begins with a byte order mark.
            writer = new StreamWriter(process.StandardInput.BaseStream, new UTF8Encoding(false), 1 << 16);
            Background(ReadWords, process.StandardError);
            Background(ReadMessages, new StreamReader(process.StandardOutput.BaseStream, new UTF8Encoding(false), false, 1 << 16));
        }

        public int Id { get; private set; }
        public string Python { get; private set; }
        public string PackageVersion { get; private set; }
        public string PythonVersion { get; private set; }
        public int SpokenProtocol { get; private set; }
        public bool IsAlive { get { return !ended; } }

        /// <summary>Start a child and wait for its first message; an exception says why there is none.</summary>
        public static BridgeProcess Start(string python, string arguments, int milliseconds)
        {
            var start = new ProcessStartInfo(python, arguments);
            start.UseShellExecute = false;
            start.CreateNoWindow = true;
            start.RedirectStandardInput = true;
            start.RedirectStandardOutput = true;
            start.RedirectStandardError = true;
            start.StandardErrorEncoding = new UTF8Encoding(false);
            var bridge = new BridgeProcess(Process.Start(start));
            bridge.Python = python;
            if (bridge.greeted.Wait(milliseconds) && bridge.SpokenProtocol != 0) { return bridge; }
            var reason = bridge.ended ? bridge.HowItEnded() : "it said nothing for " + milliseconds / 1000 + " seconds";
            bridge.Stop();
            throw new InvalidOperationException(reason);
        }

        /// <summary>Send a request; params is a JSON object.</summary>
        public Call Send(string method, string parameters)
        {
            var call = new Call(this, Interlocked.Increment(ref lastId), method);
            open[call.Id] = call;
            Write(AnswerStart + call.Id + ",\"method\":" + Writer.Quoted(method) + ",\"params\":" + parameters + "}");
            if (ended) { Forget(call.Id, HowItEnded()); }
            return call;
        }

        internal void Cancel(long id)
        {
            Write("{\"jsonrpc\":\"2.0\",\"method\":\"$/cancelRequest\",\"params\":{\"id\":" + id + "}}");
        }

        /// <summary>Close its input, upon which it ends; kill it when it does not.</summary>
        public void Stop()
        {
            try
            {
                process.StandardInput.BaseStream.Close();
                if (!process.WaitForExit(2000)) { process.Kill(); }
            }
            catch (InvalidOperationException) { } // it has ended by itself
            catch (IOException) { }
        }

        private void Write(string line)
        {
            try
            {
                lock (writer)
                {
                    writer.Write(line);
                    writer.Write('\n');
                    writer.Flush();
                }
            }
            catch (IOException) { } // the reader notices that it has ended, and says so to everybody who waits
            catch (ObjectDisposedException) { }
        }

        private static void Background(Action<StreamReader> work, StreamReader reader)
        {
            var thread = new Thread(delegate() { work(reader); });
            thread.IsBackground = true;
            thread.Start();
        }

        private void ReadWords(StreamReader reader)
        {
            try
            {
                string line;
                while ((line = reader.ReadLine()) != null)
                {
                    lock (words)
                    {
                        words.Enqueue(line);
                        if (words.Count > LastWords) { words.Dequeue(); }
                    }
                }
            }
            catch (IOException) { }
            finally { silent.Set(); }
        }

        private void ReadMessages(StreamReader reader)
        {
            try
            {
                string line;
                while ((line = reader.ReadLine()) != null) { Dispatch(line); }
            }
            catch (IOException) { }
            silent.Wait(1000);
            try { process.WaitForExit(5000); } catch (InvalidOperationException) { }
            ended = true;
            var reason = HowItEnded();
            foreach (var id in new List<long>(open.Keys)) { Forget(id, reason); }
            greeted.Set();
        }

        private void Forget(long id, string reason)
        {
            Call call;
            if (open.TryRemove(id, out call))
            {
                call.Break("The call '" + call.Method + "' was not answered, because " + reason
                    + "\nWhat the service has begun goes on. The next call starts a new process; an emulator in the old one is gone.");
            }
        }

        private string HowItEnded()
        {
            string code;
            try { code = process.HasExited ? " with exit code " + process.ExitCode : ""; }
            catch (InvalidOperationException) { code = ""; }
            lock (words)
            {
                var said = words.Count == 0 ? "" : ". It said last:\n" + string.Join("\n", words.ToArray());
                return "the Python process " + Id + " ended" + code + said;
            }
        }

        private void Dispatch(string line)
        {
            Call call;
            long id;
            if (line.StartsWith(AnswerStart, StringComparison.Ordinal))
            {
                var end = line.IndexOf(',', AnswerStart.Length);
                if (end > 0 && long.TryParse(line.Substring(AnswerStart.Length, end - AnswerStart.Length), out id)
                    && open.TryRemove(id, out call)) { call.Answer(line); }
                return; // the answer to a call that was cancelled belongs to nobody
            }
            IDictionary<string, object> message;
            try { message = new Reader(line).ReadPlain() as IDictionary<string, object>; }
            catch (FormatException) { return; } // not of the protocol: somebody printed past the guards
            if (message == null || !message.ContainsKey("params")) { return; }
            var given = message["params"] as IDictionary<string, object>;
            if ((message["method"] as string) == "hello") { Greet(given); return; }
            object of;
            if (given.TryGetValue("id", out of) && of is int && open.TryGetValue((int)of, out call))
            {
                call.Notes.Enqueue(NoteOf((string)message["method"], given));
            }
        }

        private void Greet(IDictionary<string, object> given)
        {
            PackageVersion = given["package"] as string;
            PythonVersion = given["python"] as string;
            SpokenProtocol = (int)given["protocol"];
            greeted.Set();
        }

        private static Note NoteOf(string method, IDictionary<string, object> given)
        {
            var note = new Note();
            if (method != "progress")
            {
                note.Level = given["level"] as string;
                note.Text = given["text"] as string;
                return note;
            }
            note.Level = "progress";
            note.Text = given["status"] as string;
            if (given["percent"] is int) { note.Percent = (int)given["percent"]; }
            var counters = given["counters"] as IDictionary<string, object>;
            if (counters != null && counters.Count > 0)
            {
                note.Text += string.Format(CultureInfo.InvariantCulture, ": {0} upgraded, {1} in progress, {2} pending, {3} failed",
                    counters["successful"], counters["inProgress"], counters["pending"], counters["failed"]);
            }
            return note;
        }
    }

    /// <summary>A call that nobody waits for, as Az.Compute's -AsJob has it.</summary>
    public sealed class VmssJob : Job
    {
        private readonly Call call;
        private readonly object target;

        public VmssJob(Call call, string command, string name, object target) : base(command, name)
        {
            this.call = call;
            this.target = target;
            PSJobTypeName = "AzureLongRunningJob`1";
            SetJobState(JobState.Running);
            call.WhenCompleted(End);
        }

        public override string Location { get { return "localhost"; } }
        public override string StatusMessage { get { return JobStateInfo.State.ToString(); } }
        public override bool HasMoreData
        {
            get { return Output.Count + Error.Count + Warning.Count + Verbose.Count + Debug.Count > 0; }
        }

        /// <summary>Ends the waiting; the operation goes on at the service.</summary>
        public override void StopJob()
        {
            lock (call)
            {
                if (JobStateInfo.State == JobState.Running) { SetJobState(JobState.Stopped); }
            }
            call.Cancel();
        }

        private void End(Call ignored)
        {
            lock (call)
            {
                if (JobStateInfo.State != JobState.Running) { return; } // stopped: its collections are closed
                try
                {
                    Note note;
                    while (call.Notes.TryDequeue(out note)) { Tell(note); }
                    call.Parse(target);
                    if (call.Error != null) { Error.Add(call.Error); }
                    foreach (var value in call.Output) { Output.Add(PSObject.AsPSObject(value)); }
                    SetJobState(call.Error == null ? JobState.Completed : JobState.Failed);
                }
                catch (InvalidOperationException) { } // removed meanwhile; an exception here would end PowerShell
            }
        }

        private void Tell(Note note)
        {
            if (note.Level == "warning") { Warning.Add(new WarningRecord(note.Text)); }
            else if (note.Level == "verbose") { Verbose.Add(new VerboseRecord(note.Text)); }
            else if (note.Level == "debug") { Debug.Add(new DebugRecord(note.Text)); }
        }
    }

    /// <summary>JSON of the bridge to objects.</summary>
    public sealed class Reader
    {
        private const int Names = 2048;
        // Few names stand in an answer many times: each is made once.
        private static readonly string[] names = new string[Names];
        private readonly string text;
        private int at;

        public Reader(string text) { this.text = text; }

        /// <summary>Any JSON, with dictionaries for objects.</summary>
        public object ReadPlain() { return Value(false); }

        /// <summary>A value in the bridge's shape, as cmdlets return it.</summary>
        public static object ReadValue(string json) { return new Reader(json).Value(true); }

        internal void ReadAnswer(Call call, object target)
        {
            Expect('{');
            do
            {
                var name = Name();
                Expect(':');
                if (name == "result") { ReadResult(call); }
                else if (name == "error") { call.Fail((IDictionary<string, object>)Value(false), target); }
                else { Value(false); }
            } while (More('}'));
        }

        private void ReadResult(Call call)
        {
            if (Peek() != '{') { call.Output.Add(Value(true)); return; }
            var types = new List<object>();
            object value = null;
            Expect('{');
            if (Peek() == '}') { at++; return; }
            do
            {
                var name = Name();
                Expect(':');
                if (name == "types") { types = (List<object>)Value(false); }
                else { value = Value(true); }
            } while (More('}'));
            var list = value as List<object>;
            if (list == null && value != null) { list = new List<object>(); list.Add(value); }
            if (list == null) { return; }
            foreach (var one in list)
            {
                var shaped = one as PSObject;
                for (var i = types.Count - 1; shaped != null && i >= 0; i--) { shaped.TypeNames.Insert(0, (string)types[i]); }
                call.Output.Add(one);
            }
        }

        private object Value(bool shaped)
        {
            switch (Peek())
            {
                case '{': return shaped ? Shaped() : Plain();
                case '[': return Items(shaped);
                case '"': return Text();
                case 't': at += 4; return true;
                case 'f': at += 5; return false;
                case 'n': at += 4; return null;
                default: return Number();
            }
        }

        private List<object> Items(bool shaped)
        {
            var found = new List<object>();
            at++;
            if (Peek() == ']') { at++; return found; }
            do { found.Add(Value(shaped)); } while (More(']'));
            return found;
        }

        private Dictionary<string, object> Plain()
        {
            var found = new Dictionary<string, object>(StringComparer.Ordinal);
            at++;
            if (Peek() == '}') { at++; return found; }
            do
            {
                var name = Text();
                Expect(':');
                found[name] = Value(false);
            } while (More('}'));
            return found;
        }

        private object Shaped()
        {
            var shaped = new PSObject();
            at++;
            if (Peek() == '}') { at++; return shaped; }
            var properties = shaped.Properties;
            do
            {
                var name = Name();
                Expect(':');
                if (name.Length > 1 && name[0] == '$') { return Tagged(name); }
                properties.Add(new PSNoteProperty(name, Value(true)), true);
            } while (More('}'));
            return shaped;
        }

        private object Tagged(string name)
        {
            object value = name == "$map" ? (object)Map() : Moment(Text());
            while (More('}'))
            {
                Name();
                Expect(':');
                Value(false); // $kind: of the machine that asks
                value = ((DateTime)value).ToLocalTime();
            }
            return value;
        }

        private static DateTime Moment(string text)
        {
            return DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);
        }

        // Names that are data: found in any case as a PowerShell user expects, unless two differ by case alone.
        private Hashtable Map()
        {
            var pairs = new List<KeyValuePair<string, object>>();
            Expect('{');
            if (Peek() == '}') { at++; }
            else
            {
                do
                {
                    var name = Text();
                    Expect(':');
                    pairs.Add(new KeyValuePair<string, object>(name, Value(true)));
                } while (More('}'));
            }
            var found = new Hashtable(StringComparer.OrdinalIgnoreCase);
            foreach (var pair in pairs) { found[pair.Key] = pair.Value; }
            if (found.Count == pairs.Count) { return found; }
            found = new Hashtable(StringComparer.Ordinal);
            foreach (var pair in pairs) { found[pair.Key] = pair.Value; }
            return found;
        }

        private object Number()
        {
            var start = at;
            var whole = true;
            for (; at < text.Length; at++)
            {
                var c = text[at];
                if (c == '.' || c == 'e' || c == 'E') { whole = false; }
                else if (!(c >= '0' && c <= '9' || c == '-' || c == '+')) { break; }
            }
            var digits = text.Substring(start, at - start);
            int small;
            long big;
            if (whole && int.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out small)) { return small; }
            if (whole && long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out big)) { return big; }
            return double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture);
        }

        private string Name()
        {
            if (Peek() != '"') { throw Wrong(); }
            var end = at + 1;
            var hash = 17;
            for (; end < text.Length && text[end] != '"' && text[end] != '\\'; end++) { hash = hash * 31 + text[end]; }
            if (end >= text.Length || text[end] == '\\') { return Text(); }
            var length = end - at - 1;
            var slot = (hash & 0x7fffffff) % Names;
            var known = names[slot];
            if (known == null || known.Length != length || string.CompareOrdinal(known, 0, text, at + 1, length) != 0)
            {
                names[slot] = known = text.Substring(at + 1, length);
            }
            at = end + 1;
            return known;
        }

        private string Text()
        {
            if (Peek() != '"') { throw Wrong(); }
            var start = ++at;
            var end = text.IndexOfAny(Special, start);
            if (end < 0) { throw Wrong(); }
            if (text[end] == '"') { at = end + 1; return text.Substring(start, end - start); }
            var made = new StringBuilder();
            while (text[end] == '\\')
            {
                made.Append(text, start, end - start);
                start = end + 2;
                switch (text[end + 1])
                {
                    case 'b': made.Append('\b'); break;
                    case 'f': made.Append('\f'); break;
                    case 'n': made.Append('\n'); break;
                    case 'r': made.Append('\r'); break;
                    case 't': made.Append('\t'); break;
                    case 'u':
                        made.Append((char)int.Parse(text.Substring(start, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                        start += 4;
                        break;
                    default: made.Append(text[end + 1]); break;
                }
                end = text.IndexOfAny(Special, start);
                if (end < 0) { throw Wrong(); }
            }
            made.Append(text, start, end - start);
            at = end + 1;
            return made.ToString();
        }

        private static readonly char[] Special = { '"', '\\' };

        private char Peek()
        {
            while (at < text.Length && (text[at] == ' ' || text[at] == '\t')) { at++; }
            if (at >= text.Length) { throw Wrong(); }
            return text[at];
        }

        private void Expect(char wanted)
        {
            if (Peek() != wanted) { throw Wrong(); }
            at++;
        }

        private bool More(char end)
        {
            var c = Peek();
            at++;
            if (c != ',' && c != end) { throw Wrong(); }
            return c == ',';
        }

        private FormatException Wrong() { return new FormatException("no JSON at character " + at); }
    }

    /// <summary>Objects of scripts to the JSON of the bridge.</summary>
    public static class Writer
    {
        private const int Deepest = 64;

        public static string Write(object value)
        {
            var made = new StringBuilder();
            Value(made, value, 0);
            return made.ToString();
        }

        public static string Quoted(string text)
        {
            var made = new StringBuilder();
            Text(made, text);
            return made.ToString();
        }

        /// <summary>The params of a request: only the names that have a value.</summary>
        public static string Params(IDictionary given)
        {
            var made = new StringBuilder("{");
            foreach (DictionaryEntry pair in given)
            {
                if (pair.Value == null) { continue; }
                if (made.Length > 1) { made.Append(','); }
                Text(made, (string)pair.Key);
                made.Append(':');
                Value(made, pair.Value, 0);
            }
            return made.Append('}').ToString();
        }

        private static void Value(StringBuilder made, object value, int depth)
        {
            if (depth > Deepest) { throw new ArgumentException("an object that is more than " + Deepest + " levels deep cannot be sent; does it contain itself?"); }
            var wrapped = value as PSObject;
            var inner = wrapped == null ? value : wrapped.BaseObject;
            if (inner == null) { made.Append("null"); }
            else if (inner is string) { Text(made, (string)inner); }
            else if (inner is bool) { made.Append((bool)inner ? "true" : "false"); }
            else if (inner is SwitchParameter) { made.Append(((SwitchParameter)inner).IsPresent ? "true" : "false"); }
            else if (inner is DateTime) { Moment(made, ((DateTime)inner).ToUniversalTime()); }
            else if (inner is DateTimeOffset) { Moment(made, ((DateTimeOffset)inner).UtcDateTime); }
            else if (inner is double || inner is float) { made.Append(Convert.ToDouble(inner).ToString("R", CultureInfo.InvariantCulture)); }
            else if (inner is decimal) { made.Append(((decimal)inner).ToString(CultureInfo.InvariantCulture)); }
            else if (inner is Enum || inner is char || inner is Guid || inner is Uri) { Text(made, inner.ToString()); }
            else if (inner.GetType().IsPrimitive) { made.Append(Convert.ToString(inner, CultureInfo.InvariantCulture)); }
            else if (inner is IDictionary) { Map(made, (IDictionary)inner, depth); }
            else if (inner is IEnumerable) { Items(made, (IEnumerable)inner, depth); }
            else { Members(made, wrapped ?? PSObject.AsPSObject(value), depth); }
        }

        private static void Map(StringBuilder made, IDictionary map, int depth)
        {
            made.Append("{\"$map\":{");
            var first = true;
            foreach (DictionaryEntry pair in map)
            {
                if (!first) { made.Append(','); }
                first = false;
                Text(made, Convert.ToString(pair.Key, CultureInfo.InvariantCulture));
                made.Append(':');
                Value(made, pair.Value, depth + 1);
            }
            made.Append("}}");
        }

        private static void Items(StringBuilder made, IEnumerable items, int depth)
        {
            made.Append('[');
            var first = true;
            foreach (var one in items)
            {
                if (!first) { made.Append(','); }
                first = false;
                Value(made, one, depth + 1);
            }
            made.Append(']');
        }

        // Note properties of ours, or the properties of an object of Az.Compute itself.
        private static void Members(StringBuilder made, PSObject shaped, int depth)
        {
            made.Append('{');
            var first = true;
            foreach (var member in shaped.Properties)
            {
                if (!member.IsGettable || (member.MemberType & (PSMemberTypes.NoteProperty | PSMemberTypes.Property)) == 0) { continue; }
                var value = member.Value;
                if (value == null) { continue; }
                if (!first) { made.Append(','); }
                first = false;
                Text(made, member.Name);
                made.Append(':');
                Value(made, value, depth + 1);
            }
            made.Append('}');
        }

        private static void Moment(StringBuilder made, DateTime moment)
        {
            made.Append("{\"$time\":\"").Append(moment.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture)).Append("+00:00\"}");
        }

        private static void Text(StringBuilder made, string text)
        {
            made.Append('"');
            foreach (var c in text)
            {
                if (c == '"' || c == '\\') { made.Append('\\').Append(c); }
                else if (c >= ' ' && c < (char)127) { made.Append(c); }
                else { made.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)); }
            }
            made.Append('"');
        }
    }
}
